import t from 'tap';
import { flowsIn, staleFlows, udpServices } from '../../../src/cluster/proxy/stale-flows.ts';
import { A, B, options, slice, web } from '../../support/cluster/proxy.ts';

const udp = [{ port: 53, protocol: 'UDP' as const, nodePort: 30053 }];
const ports = [{ name: '', port: 5353, protocol: 'UDP' as const }];
const dns = web({ type: 'NodePort', ports: udp, externalIPs: ['198.51.100.7'] });

/** Lines as conntrack-tools 1.4.7 prints them. */
const line = (to: string, by: string, source = '10.244.1.9', sport = 40000) => {
  const [destination = '', port] = to.split(':');
  const [endpoint = '', answering] = by.split(':');
  return `udp      17 25 src=${source} dst=${destination} sport=${sport} dport=${port} [UNREPLIED] src=${endpoint} dst=${source} sport=${answering} dport=${sport} mark=0 use=1`;
};

const stale = (lines: string[], ...endpoints: (typeof A)[]) =>
  staleFlows(flowsIn(lines.join('\n')), udpServices([dns], [slice(endpoints, ports)], options())).map(
    ({ destination, destinationPort, replySource }) => `${destination}:${destinationPort} ${replySource}`,
  );

t.test('flows to an endpoint that is gone are stale, by whatever address of the service', async (t) => {
  const lines = ['10.96.0.50:53', '198.51.100.7:53', '192.168.1.11:30053'].flatMap((to) => [
    line(to, '10.244.1.5:5353'),
    line(to, '10.244.2.5:5353'),
  ]);
  t.same(stale(lines, B), [
    '10.96.0.50:53 10.244.1.5',
    '198.51.100.7:53 10.244.1.5',
    '192.168.1.11:30053 10.244.1.5',
  ]);
  t.same(stale(lines, A, B), []);
});

t.test('a flow from before the service, which nobody translated, is stale too', async (t) => {
  t.same(stale([line('10.96.0.50:53', '10.96.0.50:53')], A), ['10.96.0.50:53 10.96.0.50']);
});

t.test('an endpoint that still serves while it ends keeps its flows', async (t) => {
  const ending = { ...A, conditions: { ready: false, serving: true, terminating: true } };
  t.same(stale([line('10.96.0.50:53', '10.244.1.5:5353')], ending, B), []);
});

t.test(
  'an endpoint that serves without being ready keeps its flows; one that serves no more does not',
  async (t) => {
    const waiting = { ...A, conditions: { ready: false, serving: true, terminating: false } };
    const gone = { ...A, conditions: { ready: false, serving: false, terminating: true } };
    const flow = line('10.96.0.50:53', '10.244.1.5:5353');
    t.same(stale([flow], waiting), []);
    t.same(stale([flow], gone, B), ['10.96.0.50:53 10.244.1.5']);
  },
);

t.test('policies and hints do not count: flows that there are stay', async (t) => {
  const near = web({
    type: 'NodePort',
    ports: udp,
    internalTrafficPolicy: 'Local',
    externalTrafficPolicy: 'Local',
  });
  const hinted = { ...B, hints: { forZones: [{ name: 'elsewhere' }] } };
  const services = udpServices([near], [slice([A, hinted], ports)], options({ zone: 'here' }));
  t.same(staleFlows(flowsIn(line('10.96.0.50:53', '10.244.2.5:5353')), services), []);
});

t.test('another port of the same pod is another endpoint', async (t) => {
  t.same(stale([line('10.96.0.50:53', '10.244.1.5:53')], A), ['10.96.0.50:53 10.244.1.5']);
});

t.test('a service without endpoints, other ports and other protocols are left alone', async (t) => {
  t.same(stale([line('10.96.0.50:53', '10.244.1.5:5353')]), []);
  t.same(stale([line('10.96.0.50:54', '10.244.1.5:5353'), line('8.8.8.8:53', '8.8.8.8:53')], B), []);
  t.same(udpServices([web()], [slice([A])], options()), []);
});
