import t from 'tap';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { ends } from '../../support/cluster/flow.ts';
import { on, options, slice, web } from '../../support/cluster/proxy.ts';

/**
 * Three services, whose kinds of traffic policy kube-proxy's own unit test crosses with every kind of client, way
 * in and setting: 33 packets in four settings.
 */
const kinds = {
  Cluster: { ip: '10.96.0.50', nodePort: 30080, vip: '203.0.113.10', host: 5 },
  'external Local': { ip: '10.96.0.51', nodePort: 30081, vip: '203.0.113.11', host: 6 },
  'internal Local': { ip: '10.96.0.52', nodePort: 30082, vip: '203.0.113.12', host: 7 },
} as const;
type Kind = keyof typeof kinds;

const services = Object.entries(kinds).map(([kind, { ip, nodePort, vip, host }]) => {
  const spec = {
    type: 'LoadBalancer' as const,
    clusterIP: ip,
    ports: [{ name: 'p80', port: 80, nodePort }],
    healthCheckNodePort: 31000 + host,
    ...(kind === 'external Local' && { externalTrafficPolicy: 'Local' as const }),
    ...(kind === 'internal Local' && { internalTrafficPolicy: 'Local' as const }),
  };
  const service = web(spec, { loadBalancer: { ingress: [{ ip: vip }] } });
  return { ...service, metadata: { namespace: 'default', name: `web-${host}` } };
});
const slices = Object.values(kinds).map(({ host }) =>
  slice(
    [on('node1', `10.244.1.${host}`), on('node2', `10.244.2.${host}`)],
    [{ name: 'p80', port: 8080 }],
    `web-${host}`,
  ),
);

const clients = { pod: '10.244.1.9', node: '192.168.1.11', localhost: '127.0.0.1', outside: '203.0.113.99' };
type Client = keyof typeof clients;
type WayIn = 'service' | 'nodePort' | 'vip';

interface Setting {
  local: boolean;
  masqueradeAll: boolean;
}

/** The ends by the rules of the documentation, without a look at any chain. */
function wanted(kind: Kind, client: Client, way: WayIn, { local, masqueradeAll }: Setting): string[] {
  const { host } = kinds[kind];
  const inside = way === 'service';
  const keptHere =
    kind === 'internal Local'
      ? inside
      : kind === 'external Local' && !inside && (client === 'outside' || (client === 'pod' && !local));
  const masquerades = inside
    ? masqueradeAll || (local && client !== 'pod')
    : kind !== 'external Local' || client === 'node' || client === 'localhost';
  const endpoints = [`10.244.1.${host}:8080`, ...(keptHere ? [] : [`10.244.2.${host}:8080`])];
  return endpoints.map((endpoint) => (masquerades ? `${endpoint} masq` : endpoint));
}

let flows = 0;
for (const setting of [
  { local: true, masqueradeAll: false },
  { local: false, masqueradeAll: false },
  { local: true, masqueradeAll: true },
  { local: false, masqueradeAll: true },
]) {
  t.test(
    `pods ${setting.local ? 'known' : 'not known'}, masqueradeAll ${setting.masqueradeAll}`,
    async (t) => {
      const given = { masqueradeAll: setting.masqueradeAll, ...(setting.local ? {} : { local: null }) };
      const { whole } = proxyRules(services, slices, options(given));
      for (const kind of Object.keys(kinds) as Kind[])
        for (const client of Object.keys(clients) as Client[])
          for (const way of ['service', 'nodePort', 'vip'] as const) {
            if (client === 'localhost' && way !== 'nodePort') continue;
            const { ip, nodePort, vip } = kinds[kind];
            const node = client === 'localhost' ? clients.localhost : clients.node;
            const to = { service: `${ip}:80`, nodePort: `${node}:${nodePort}`, vip: `${vip}:80` }[way];
            t.same(
              ends(whole, clients[client], to),
              wanted(kind, client, way, setting),
              `${client} to ${to}`,
            );
            flows += 1;
          }
    },
  );
}

t.test('every packet was sent', async (t) => t.equal(flows, 4 * 3 * 10));

t.test('the ends that the rules of the documentation give, for some by name', async (t) => {
  const { whole } = proxyRules(services, slices, options());
  const packets: [from: Client, to: string, ends: string[]][] = [
    ['pod', '10.96.0.50:80', ['10.244.1.5:8080', '10.244.2.5:8080']],
    ['outside', '10.96.0.50:80', ['10.244.1.5:8080 masq', '10.244.2.5:8080 masq']],
    ['outside', '192.168.1.11:30081', ['10.244.1.6:8080']],
    ['localhost', '127.0.0.1:30081', ['10.244.1.6:8080 masq', '10.244.2.6:8080 masq']],
    ['node', '10.96.0.52:80', ['10.244.1.7:8080 masq']],
    ['pod', '203.0.113.12:80', ['10.244.1.7:8080 masq', '10.244.2.7:8080 masq']],
  ];
  for (const [from, to, end] of packets) t.same(ends(whole, clients[from], to), end, `${from} to ${to}`);
});
