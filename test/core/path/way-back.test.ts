import t from 'tap';
import { cure, explain } from '../../../src/core/explain/explain.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces, World } from '../../support/namespaces.ts';
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

/** a - r1 = r2 - b, twice joined: by a tunnel for requests, and by p, which knows neither network. */
const joined = new World({
  a: {
    kind: 'host',
    links: { eth0: { peer: 'r1:eth0', addresses: ['10.1.0.20/24'] } },
    routes: ['default via 10.1.0.1'],
  },
  r1: {
    kind: 'host',
    sysctls: { 'net.ipv4.ip_forward': '1' },
    links: {
      eth0: { addresses: ['10.1.0.1/24'] },
      wan: { peer: 'p:eth1', addresses: ['198.51.100.2/24'] },
      tunnel: { peer: 'r2:tunnel', addresses: ['10.50.0.11/24'] },
    },
    routes: ['default via 198.51.100.1', '10.2.0.0/24 via 10.50.0.12'],
  },
  p: {
    kind: 'host',
    sysctls: { 'net.ipv4.ip_forward': '1' },
    links: {
      eth1: { addresses: ['198.51.100.1/24'] },
      eth2: { peer: 'r2:wan', addresses: ['203.0.113.1/24'] },
    },
  },
  r2: {
    kind: 'host',
    sysctls: { 'net.ipv4.ip_forward': '1' },
    links: {
      eth0: { peer: 'b:eth0', addresses: ['10.2.0.1/24'] },
      wan: { addresses: ['203.0.113.2/24'] },
      tunnel: { addresses: ['10.50.0.12/24'] },
    },
    routes: ['default via 203.0.113.1'],
  },
  b: {
    kind: 'host',
    links: { eth0: { addresses: ['10.2.0.20/24'] } },
    routes: ['default via 10.2.0.1'],
  },
});

t.test('a reply that leaves its request’s path is sent back where the request came from', async (t) => {
  const verdict = ask(
    joined,
    'ping',
    { from: 'a', to: '10.2.0.20', expect: 'reply' },
    { outcomes: [outcome('silence')] },
  );
  t.equal(verdict.node, 'p');
  t.same(cure(verdict), [{ on: 'r2', run: 'ip route add 10.1.0.0/24 via 10.50.0.11', or: false }]);
  const { idea } = explain(verdict, 'en');
  t.match(idea, 'In r2 the reply leaves the path');
});
