import t from 'tap';
import { defaultRanges } from '../../../src/cluster/api/kinds/allocate.ts';
import type { Protocol } from '../../../src/core/path/model/packet.ts';
import { serviceRange } from '../../../src/core/path/model/service-port.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe, type Spec } from '../../support/observation.ts';

const service = [
  '-N KUBE-SERVICES',
  '-A PREROUTING -j KUBE-SERVICES',
  '-A OUTPUT -j KUBE-SERVICES',
  '-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment "shop/db:sql cluster IP" -m tcp --dport 5432 -j DNAT --to-destination 192.168.1.3:80',
  '-A KUBE-SERVICES -d 10.96.0.20/32 -p udp -m comment --comment "shop/db:log cluster IP" -m udp --dport 514 -j DNAT --to-destination 192.168.1.3:514',
];

/** The trouble of blue's packet, through a host with these rules. */
function trouble(
  rules: Record<string, string[]>,
  [protocol, port]: [Protocol, number | null],
  change?: (spec: Spec) => void,
) {
  const { spec } = namespaces().node('host', { rules });
  change?.(spec);
  const found = firstTrouble(walk(observe(spec), { from: 'blue', to: '10.96.0.20', protocol, port }));
  return found?.kind === 'lost' ? { reason: found.reason, ...found.values } : null;
}

t.test('the address of a Service stands for its ports alone', async (t) => {
  const ping = trouble({ nat: service }, ['icmp', null]);
  t.match(ping, { reason: 'service-port', service: 'db', serviceNamespace: 'shop', port: '' });
  t.match(ping, { proxyNode: 'host', servicePorts: 'tcp 5432, udp 514' });
  t.match(trouble({ nat: service }, ['tcp', 514]), { reason: 'service-port', protocol: 'tcp', port: '514' });
  t.not(trouble({ nat: service }, ['tcp', 5432])?.reason, 'service-port', 'a port that it has');
  t.match(trouble({}, ['icmp', null]), { reason: 'no-route' }, 'without its rules the address is unknown');
});

t.test('rules of a Service that no base chain leads to', async (t) => {
  const flushed = service.filter((rule) => !rule.startsWith('-A PREROUTING'));
  t.match(trouble({ nat: flushed }, ['tcp', 5432]), {
    ...{ reason: 'service-port', service: 'db', proxyNode: 'host', baseChain: 'PREROUTING' },
  });
});

t.test('a node of the cluster whose rules are all gone is known by its pods', async (t) => {
  const found = trouble({}, ['tcp', 5432], (spec) => {
    spec.blue = { ...spec.blue, kind: 'pod' };
    spec.red = { ...spec.red, rules: { nat: service } };
  });
  t.match(found, { reason: 'service-port', service: 'db', unruled: 'host', knownAt: 'red' });
});

t.test('an address kept for Services that no Service has', async (t) => {
  const [chain = '', ...jumps] = service.slice(0, 3);
  const kubernetes =
    '-A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment "default/kubernetes:https cluster IP" -m tcp --dport 443 -j DNAT --to-destination 192.168.1.3:6443';
  const other = (service[3] ?? '').replace('10.96.0.20', '10.96.0.21');
  const nat = [chain, ...jumps, kubernetes, other];
  const defaultRoute = ({ host }: Spec) => {
    if (host !== undefined) host.routes = ['default via 192.168.1.1'];
  };
  t.match(trouble({ nat }, ['tcp', 5432], defaultRoute), {
    ...{ reason: 'service-port', proxyNode: 'host', serviceRange, otherServices: 'db 10.96.0.21' },
  });
  const byHand =
    '-A OUTPUT -d 10.96.0.20/32 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 192.168.1.3:80';
  t.match(trouble({ nat: [...nat, byHand] }, ['tcp', 5432], defaultRoute), { serviceRange, forOwn: byHand });
  t.equal(serviceRange, defaultRanges.serviceCidr, 'the range of the clusters in labs');
  const own = trouble({ nat }, ['tcp', 5432], ({ host }) => {
    if (host !== undefined) host.routes = ['10.96.0.0/24 via 192.168.1.1'];
  });
  t.not(own?.reason, 'service-port', 'a route of its own leads to hosts');
  t.not(trouble({}, ['tcp', 5432], defaultRoute)?.reason, 'service-port', 'no node of a cluster');
});

t.test('a Service that sends to a closed port of its pod', async (t) => {
  const to = (port: number) => [
    '-N KUBE-SERVICES',
    '-N KUBE-SEP-DB',
    '-A PREROUTING -j KUBE-SERVICES',
    '-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment "shop/db:sql cluster IP" -m tcp --dport 5432 -j KUBE-SEP-DB',
    `-A KUBE-SEP-DB -p tcp -m comment --comment "shop/db:sql" -m tcp -j DNAT --to-destination 192.168.1.3:${port}`,
  ];
  const back = ({ lan }: Spec) => {
    if (lan !== undefined) lan.routes = ['192.168.15.0/24 via 192.168.1.2'];
  };
  t.match(trouble({ nat: to(5432) }, ['tcp', 5432], back), {
    ...{ reason: 'no-listener', service: 'db', serviceNamespace: 'shop' },
    targetPatch: '{"spec":{"ports":[{"port":5432,"targetPort":80}]}}',
  });
  t.equal(trouble({ nat: to(80) }, ['tcp', 5432], back), null, 'the port on which a program listens');
});

t.test('a packet that never came to the rules has another trouble', async (t) => {
  const found = trouble({ nat: service }, ['icmp', null], ({ blue }) => {
    if (blue !== undefined) blue.routes = [];
  });
  t.match(found, { reason: 'no-route', service: 'db' });
});

t.test('two containers on two networks of Docker', async (t) => {
  const isolation = '-A DOCKER-ISOLATION-STAGE-2 -o br-0123456789ab -j DROP';
  const internal = '-A DOCKER-ISOLATION-STAGE-1 ! -d 172.17.0.0/16 -i docker0 -j DROP';
  const from = (kind: 'container' | 'netns', rule: string): Record<string, string> | null => {
    const [, chain = ''] = rule.split(' ');
    const found = firstTrouble(
      walk(
        observe({
          host: {
            links: {
              docker0: { kind: 'bridge', addresses: ['172.17.0.1/16'] },
              'br-0123456789ab': { kind: 'bridge', addresses: ['172.18.0.1/16'] },
              p1: { master: 'docker0' },
              p2: { master: 'br-0123456789ab' },
            },
            sysctls: { 'net.ipv4.ip_forward': '1' },
            rules: { filter: [`-N ${chain}`, `-A FORWARD -j ${chain}`, rule] },
          },
          web: {
            kind,
            links: { eth0: { peer: 'host:p1', addresses: ['172.17.0.2/16'] } },
            routes: ['default via 172.17.0.1'],
          },
          db: {
            kind,
            links: { eth0: { peer: 'host:p2', addresses: ['172.18.0.2/16'] } },
            routes: ['default via 172.18.0.1'],
          },
        }),
        { from: 'web', to: '172.18.0.2', protocol: 'icmp', port: null },
      ),
    );
    return found?.kind === 'lost' ? { reason: found.reason, ...found.values } : null;
  };
  const apart = { engine: 'host', apart: 'br-0123456789ab', dockerNetwork: '0123456789ab', container: 'web' };
  t.match(from('container', isolation), { reason: 'dropped-by-rule', ...apart });
  t.match(from('container', internal), {
    internal: 'docker0',
    dockerNetwork: '0123456789ab',
    container: 'web',
  });
  t.equal(from('netns', isolation)?.container, undefined, 'Docker connects its own containers only');
});
