import t from 'tap';
import { cure } from '../../../src/core/explain/explain.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

t.test('to a namespace behind a host: that host speaks for it, or the other learns the way', async (t) => {
  const net = namespaces().node('host', { rules: {} });
  const verdict = ask(
    net,
    'ping',
    { from: 'blue', to: '192.168.1.3', expect: 'reply' },
    { outcomes: [outcome('silence')] },
  );
  t.same(cure(verdict), [
    { on: 'host', run: 'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE', or: false },
    { on: 'lan', run: 'ip route add 192.168.15.0/24 via 192.168.1.2', or: true },
  ]);
});

/** a - r - b, of both families; b knows nothing of a's network. */
const chain = observe({
  a: {
    kind: 'host',
    links: { eth0: { peer: 'r:eth0', addresses: ['192.168.1.5/24', 'fd00:1::5/64'] } },
    routes: ['default via 192.168.1.6', 'default via fd00:1::6'],
  },
  r: {
    kind: 'host',
    sysctls: { 'net.ipv4.ip_forward': '1', 'net.ipv6.conf.all.forwarding': '1' },
    links: {
      eth0: { addresses: ['192.168.1.6/24', 'fd00:1::6/64'] },
      eth1: { peer: 'b:eth0', addresses: ['192.168.2.6/24', 'fd00:2::6/64'] },
    },
  },
  b: { kind: 'host', links: { eth0: { addresses: ['192.168.2.5/24', 'fd00:2::5/64'] } } },
});

t.test('between networks that routes join: the way back first, in the packet’s own family', async (t) => {
  for (const [to, network, back] of [
    ['192.168.2.5', '192.168.1.0/24', '192.168.2.6'],
    ['fd00:2::5', 'fd00:1::/64', 'fd00:2::6'],
  ] as const) {
    const trouble = firstTrouble(walk(chain, { from: 'a', to, protocol: 'icmp', port: null }));
    t.match(trouble, {
      ...{ reason: 'reply-not-routed', node: 'b' },
      values: { router: 'r', network, outside: network, back, change: 'add' },
    });
  }
});
