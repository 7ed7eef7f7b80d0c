import t from 'tap';
import { withDestination } from '../../../src/core/cure/destinations.ts';
import type { EndFacts, Ending } from '../../../src/core/diagnose/trace/end-finding.ts';
import { portGivenBy } from '../../../src/core/diagnose/trace/translator.ts';
import { explain } from '../../../src/core/explain/explain.ts';
import { unanswered } from '../../../src/core/path/model/arrival.ts';
import type { Headers } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import type { Values } from '../../../src/core/verdict/verdict.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const comment = (text: string) => `-m comment --comment "${text}"`;

/** kube-proxy's rules for a Service whose port leads to this port of the pod 192.168.1.3. */
const proxied = (title: string, nodePort: number, port: number, target: number) => {
  const id = title.replaceAll(/\W/g, '').toUpperCase().slice(-12);
  return [
    `-N KUBE-EXT-${id}`,
    `-N KUBE-SVC-${id}`,
    `-N KUBE-SEP-${id}`,
    `-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp ${comment(`${title} cluster IP`)} -m tcp --dport ${port} -j KUBE-SVC-${id}`,
    `-A KUBE-NODEPORTS -p tcp ${comment(title)} -m tcp --dport ${nodePort} -j KUBE-EXT-${id}`,
    `-A KUBE-EXT-${id} -j KUBE-SVC-${id}`,
    `-A KUBE-SVC-${id} ${comment(`${title} -> 192.168.1.3:${target}`)} -j KUBE-SEP-${id}`,
    `-A KUBE-SEP-${id} -p tcp ${comment(title)} -m tcp -j DNAT --to-destination 192.168.1.3:${target}`,
  ];
};

const proxy = (...services: string[][]) => [
  '-N KUBE-SERVICES',
  '-N KUBE-NODEPORTS',
  '-A PREROUTING -j KUBE-SERVICES',
  '-A OUTPUT -j KUBE-SERVICES',
  ...services.flat(),
  '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
];

const own = ['tcp *:10256 process MainThread', 'tcp *:10250 process kubelet'];

/** What is said of a packet to a port of a node of the cluster. */
function said(port: number, nat: string[], listeners: string[] = own, filter: string[] = []) {
  const world = namespaces().node('host', { rules: { nat, filter }, listeners });
  const args = { from: 'blue', url: `http://192.168.15.5:${port}/`, expect: 'answer', status: 200 } as const;
  const verdict = ask(world, 'http', args, { outcomes: [outcome('rejected')] });
  t.equal(verdict.reason, 'no-listener');
  return { en: explain(verdict, 'en'), ko: explain(verdict, 'ko'), verdict };
}

t.test('no Service of the cluster has the node port', async (t) => {
  const { en, ko, verdict } = said(31704, proxy(proxied('default/my-nginx:8080-80', 31740, 8080, 80)));
  t.equal(
    en.what,
    'No Service has node port 31704 (tcp). Services that have one: my-nginx 31740. So no rule of kube-proxy in host sends the packet to a pod, and no program listens on this port.',
  );
  t.equal(
    ko.what,
    'tcp 노드 포트 31704번을 쓰는 서비스가 없습니다. 노드 포트가 있는 서비스: my-nginx 31740. 그래서 host에는 이 패킷을 파드로 보내는 kube-proxy의 규칙이 없고, 이 포트에서 수신 대기 중인 프로그램도 없습니다.',
  );
  t.match(en.where, /^`kubectl get services -A` /);
  t.match(en.idea, /^Give the Service the node port 31704.*my-nginx 31740/);
  t.strictSame(verdict.cure, [
    {
      ...{ on: 'host', or: false },
      run: `kubectl -n default patch service my-nginx -p '{"spec":{"ports":[{"port":8080,"nodePort":31704}]}}'`,
    },
  ]);
});

t.test('a cluster whose Services have no node port yet', async (t) => {
  const { en, ko, verdict } = said(31704, proxy());
  t.match(en.what, /^No Service has node port 31704 \(tcp\)\. So no rule/);
  t.match(en.idea, /^Create a Service .*--node-port=31704/);
  t.match(ko.idea, /--node-port=31704/);
  t.notMatch(`${en.what}${ko.what}`, /10256|10250|kubelet/);
  t.strictSame(verdict.cure, [{ on: 'host', run: 'kubectl get services -A', or: false }]);
});

t.test('a node port whose Service has no endpoints is one too', async (t) => {
  const refused = [
    '-N KUBE-EXTERNAL-SERVICES',
    `-A KUBE-EXTERNAL-SERVICES -p tcp ${comment('shop/db has no endpoints')} -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j REJECT`,
  ];
  t.match(said(30081, proxy(), own, refused).en.what, /Services that have one: db 30080\./);
});

t.test('of several Services the node port that is nearly the same', async (t) => {
  const web = proxied('default/web', 31740, 80, 80);
  const { verdict } = said(31704, proxy(web, proxied('shop/db', 30306, 3306, 3306)));
  t.match(verdict.values, { nodePorts: 'web 31740, db 30306', nearNodePort: '31740' });
  const other = said(31111, proxy(web, proxied('shop/db', 30306, 3306, 3306)));
  t.equal(other.verdict.values.nearNodePort ?? '', '');
  t.match(other.verdict.cure, [{ run: 'kubectl get services -A' }]);
});

t.test('programs of a cluster itself are none to send to', async (t) => {
  const { en } = said(8080, proxy(proxied('default/web', 31704, 80, 80)));
  t.equal(en.what, 'Nothing listens on tcp port 8080 in host. Services have node ports there: web 31704.');
  t.match(en.idea, /^Send to a node port of a Service \(web 31704\)/);
  t.match(
    said(8080, proxy(), [...own, 'tcp *:22 process sshd']).en.what,
    /listen on tcp port 22 \(sshd\)\.$/,
  );
  const alone = said(8080, [], own).en.what;
  t.match(alone, /10256/, 'elsewhere these ports are like any other');
  const world = namespaces().node('host', { rules: { nat: proxy() }, listeners: own.slice(1) });
  const args = { on: 'host', port: 80, protocol: 'tcp', absent: false } as const;
  t.notMatch(explain(ask(world, 'listener', args), 'en').what, /10250/);
});

t.test('outside of a cluster a high port is like any other', async (t) => {
  t.match(said(31704, [], ['tcp *:8080 process python3']).en.what, /^Nothing listens on tcp port 31704/);
});

t.test('a port of a pod is no node port, though the pod has the network of its node', async (t) => {
  const state = observe(namespaces().node('host', { rules: { nat: proxy() } }).spec).nodes.host;
  if (state === undefined) throw new Error('no host');
  const headers: Headers = {
    ...{ source: '192.168.15.1', destination: '192.168.15.5', protocol: 'tcp' },
    ...{ sourcePort: 4000, destinationPort: 30080 },
  };
  const came = { ...headers, destinationPort: 8080 };
  t.equal(unanswered('host', state, headers, null, came)?.values.nodePort ?? '', '');
  t.equal(unanswered('host', state, headers, null)?.values.nodePort, '30080');
});

t.test('a Service is patched at its own port, whichever port the packet came to', async (t) => {
  const swapped = proxied('default/my-nginx:80-8080', 31704, 80, 8080);
  const external = `-A KUBE-SERVICES -d 198.51.100.7/32 -p tcp ${comment('default/my-nginx:80-8080 external IP')} -m tcp --dport 80 -j ${swapped[0]?.split(' ')[1]}`;
  const balanced =
    '-A PREROUTING -d 203.0.113.2/32 -p tcp -m tcp --dport 9000 -j DNAT --to-destination 192.168.1.2:31704';
  const patch = (from: string, to: string, port: number) => {
    const { spec } = namespaces()
      .node('host', { rules: { nat: proxy(swapped, [external]) }, listeners: own })
      .node('router', { rules: { nat: [balanced] }, sysctls: { 'net.ipv4.ip_forward': '1' } });
    const end = firstTrouble(walk(observe(spec), { from, to, protocol: 'tcp', port }));
    return end?.kind === 'lost' ? { reason: end.reason, ...end.values } : null;
  };
  const cured = { reason: 'no-listener', targetPatch: '{"spec":{"ports":[{"port":80,"targetPort":80}]}}' };
  t.match(patch('blue', '10.96.0.20', 80), cured, 'its own address');
  t.match(patch('blue', '192.168.15.5', 31704), { ...cured, service: 'my-nginx' }, 'a port of the node');
  t.match(patch('blue', '198.51.100.7', 80), cured, 'an external address');
  t.match(patch('internet', '203.0.113.2', 9000), cured, 'a balancer in front of the node');
});

t.test('a balancer that sends to a port which no Service has on the nodes', async (t) => {
  const sent = (target: number) => {
    const rule = `-A PREROUTING -d 203.0.113.2/32 -p tcp -m tcp --dport 9000 -j DNAT --to-destination 192.168.1.2:${target}`;
    const world = namespaces()
      .node('host', {
        rules: { nat: proxy(proxied('default/web:8080-80', 31704, 8080, 80)) },
        listeners: own,
      })
      .node('router', { rules: { nat: [rule] }, sysctls: { 'net.ipv4.ip_forward': '1' } });
    const asked = {
      from: 'internet',
      url: 'http://203.0.113.2:9000/',
      expect: 'answer',
      status: 200,
    } as const;
    return ask(world, 'http', asked, { outcomes: [outcome('rejected')] });
  };
  const corrected = [
    {
      ...{ on: 'router', or: false },
      run: 'iptables -t nat -R PREROUTING 1 -d 203.0.113.2/32 -p tcp -m tcp --dport 9000 -j DNAT --to-destination 192.168.1.2:31704',
    },
  ];
  const mistyped = sent(31740);
  t.match(mistyped, { reason: 'no-listener', node: 'host' });
  t.strictSame(mistyped.cure, corrected, 'the rule is wrong, and not the Service');
  t.match(explain(mistyped, 'en').what, /^No Service has node port 31740 \(tcp\)\. .*: web 31704\./);
  t.strictSame(sent(8080).cure, corrected, 'the port of the Service in place of its node port');
});

t.test('a trace names the node port for the rule of a balancer', async (t) => {
  const rule = '-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.240.0.5:31740';
  const step = { table: 'nat', chain: 'PREROUTING', family: 'ip', rule, line: 2, handle: 7 };
  const hop = { node: 'balancer', rules: [step], changes: [{ field: 'destinationPort', after: '31740' }] };
  const seen = { packets: [{ direction: 'request', hops: [hop] }] } as unknown as Ending;
  const given = (values: Values) =>
    portGivenBy(seen, { reason: 'no-listener', values: { port: '31740', ...values } } as unknown as EndFacts);
  const to = (port: string) =>
    `iptables -t nat -R PREROUTING 2 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.240.0.5:${port}`;
  t.match(given({ nearNodePort: '31704', openPort: '22' }), { portGiver: 'balancer', porting: to('31704') });
  t.match(given({ openPort: '22' }), { porting: to('22') });
  t.equal(given({ nodePort: '31740' }).porting, undefined);
});

t.test('a rule that gives an address of no node: the nodes with the node port are servers too', async (t) => {
  const { spec } = namespaces().node('host', {
    rules: { nat: proxy(proxied('default/web', 31704, 80, 80)) },
  });
  const run =
    'iptables -t nat -R PREROUTING 1 -p tcp -m tcp --dport 9000 -j DNAT --to-destination ADDRESS:31704';
  const packet = { from: 'internet', to: '203.0.113.2', protocol: 'tcp', port: 9000 } as const;
  const ways = withDestination(observe(spec), packet, { run, given: '192.168.1.20', giver: 'router' });
  t.match(ways[0], /--to-destination 192\.168\.1\.2:31704$/);
});
