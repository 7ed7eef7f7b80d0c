import t from 'tap';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { namespaces, routed6, type World } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const ping = (from: string, to: string): Packet => ({ from, to, protocol: 'icmp', port: null });
const web = (from: string, to: string, port = 80): Packet => ({ from, to, protocol: 'tcp', port });

/** `delivered`, or `reason node object`. */
function end(world: World, packet: Packet): string {
  const trouble = firstTrouble(walk(observe(world.spec), packet));
  if (trouble === null) return 'delivered';
  const reason = trouble.kind === 'lost' ? trouble.reason : 'undecided';
  return `${reason} ${trouble.node} ${trouble.object ?? '-'}`;
}

const cases: [title: string, world: World, packet: Packet, expected: string][] = [
  ['neighbours on one bridge', namespaces(), ping('red', '192.168.15.2'), 'delivered'],
  ['the host by its bridge', namespaces(), ping('red', '192.168.15.5'), 'delivered'],
  ['from the host', namespaces(), ping('host', '192.168.15.1'), 'delivered'],
  ["the host's other address", namespaces(), ping('blue', '192.168.1.2'), 'delivered'],
  ['the LAN through MASQUERADE', namespaces(), ping('blue', '192.168.1.3'), 'delivered'],
  ['the internet through two MASQUERADEs', namespaces(), ping('blue', '8.8.8.8'), 'delivered'],
  ['the LAN web server', namespaces(), web('blue', '192.168.1.3'), 'delivered'],
  ['a port nobody listens on', namespaces(), web('blue', '192.168.1.3', 81), 'no-listener lan 81'],
  ['no route', namespaces(), ping('red', '192.168.1.3'), 'no-route red 192.168.1.3'],
  ['the far side knows no way', namespaces(), ping('lan', '192.168.15.2'), 'no-route lan 192.168.15.2'],
  ['no such node', namespaces().without('red'), ping('red', '192.168.15.2'), 'netns-missing red red'],
  ['own address, loopback down', namespaces(), ping('red', '192.168.15.1'), 'link-down red lo'],
  [
    'own address, loopback up',
    namespaces().node('red', { loDown: false }),
    ping('red', '192.168.15.1'),
    'delivered',
  ],
  [
    'own end down',
    namespaces().link('red', 'veth-red', { up: false }),
    ping('red', '192.168.15.2'),
    'link-down red veth-red',
  ],
  [
    'own end down, far target',
    namespaces().link('blue', 'veth-blue', { up: false }),
    ping('blue', '8.8.8.8'),
    'link-down blue veth-blue',
  ],
  [
    'only the inner end up',
    namespaces().link('host', 'veth-red-br', { up: false }),
    ping('red', '192.168.15.2'),
    'no-carrier red veth-red',
  ],
  [
    "the target's port down",
    namespaces().link('host', 'veth-blue-br', { up: false }),
    ping('red', '192.168.15.2'),
    'link-down host veth-blue-br',
  ],
  [
    "the target's end down",
    namespaces().link('blue', 'veth-blue', { up: false }),
    ping('red', '192.168.15.2'),
    'no-carrier host veth-blue-br',
  ],
  [
    'bridge down',
    namespaces().link('host', 'v-net-0', { up: false }),
    ping('red', '192.168.15.2'),
    'link-down host v-net-0',
  ],
  [
    'own port not plugged in',
    namespaces().link('host', 'veth-red-br', { master: '' }),
    ping('red', '192.168.15.2'),
    'not-attached host veth-red-br',
  ],
  [
    "the target's port not plugged in",
    namespaces().link('host', 'veth-blue-br', { master: '' }),
    ping('red', '192.168.15.2'),
    'not-attached host veth-blue-br',
  ],
  [
    'both addresses without /24',
    namespaces()
      .link('red', 'veth-red', { addresses: ['192.168.15.1'] })
      .link('blue', 'veth-blue', { addresses: ['192.168.15.2'] }),
    ping('red', '192.168.15.2'),
    'wrong-prefix red 192.168.15.1/32',
  ],
  [
    'the other side without /24: no way back',
    namespaces()
      .link('blue', 'veth-blue', { addresses: ['192.168.15.2'] })
      .node('blue', { routes: [] }),
    ping('red', '192.168.15.2'),
    'wrong-prefix blue 192.168.15.2/32',
  ],
  [
    'too narrow a prefix',
    namespaces().link('red', 'veth-red', { addresses: ['192.168.15.1/31'] }),
    ping('red', '192.168.15.2'),
    'wrong-prefix red 192.168.15.1/31',
  ],
  [
    'no address',
    namespaces().link('red', 'veth-red', { addresses: [] }),
    ping('red', '192.168.15.2'),
    'no-address red -',
  ],
  [
    'nobody has the address',
    namespaces().link('blue', 'veth-blue', { addresses: [] }),
    ping('red', '192.168.15.2'),
    'neighbour-silent red 192.168.15.2',
  ],
  [
    'two have the address',
    namespaces().link('host', 'v-net-0', { addresses: ['192.168.15.2/24'] }),
    ping('red', '192.168.15.2'),
    'duplicate-address host 192.168.15.2',
  ],
  [
    'two have the address, one of them besides its own',
    namespaces().link('blue', 'veth-blue', { addresses: ['192.168.15.2/24', '192.168.15.5/24'] }),
    ping('red', '192.168.15.5'),
    'duplicate-address blue 192.168.15.5',
  ],
  [
    'two have the address, the bridge besides its own',
    namespaces().link('host', 'v-net-0', { addresses: ['192.168.15.5/24', '192.168.15.2/24'] }),
    ping('red', '192.168.15.2'),
    'duplicate-address host 192.168.15.2',
  ],
  [
    'the sender has the address of another',
    namespaces().link('red', 'veth-red', { addresses: ['192.168.15.5/24'] }),
    ping('red', '192.168.15.2'),
    'duplicate-address host 192.168.15.5',
  ],
  [
    'forwarding off',
    namespaces().node('host', { sysctls: { 'net.ipv4.ip_forward': '0' } }),
    ping('blue', '192.168.1.3'),
    'forwarding-off host net.ipv4.ip_forward',
  ],
  [
    'no MASQUERADE: the far side has no way back',
    namespaces().node('host', { rules: {} }),
    ping('blue', '192.168.1.3'),
    'reply-not-routed lan 192.168.15.2',
  ],
  [
    'MASQUERADE for the wrong source',
    namespaces().node('host', { rules: { nat: ['-A POSTROUTING -s 192.168.1.0/24 -j MASQUERADE'] } }),
    ping('blue', '192.168.1.3'),
    'reply-not-routed lan 192.168.15.2',
  ],
  [
    'gateway that is no router',
    namespaces().node('blue', { routes: ['default via 192.168.15.1'] }),
    ping('blue', '8.8.8.8'),
    'wrong-gateway blue 192.168.15.1',
  ],
  [
    'gateway that is nobody',
    namespaces().node('blue', { routes: ['default via 192.168.15.50'] }),
    ping('blue', '8.8.8.8'),
    'neighbour-silent blue 192.168.15.50',
  ],
  [
    'gateway that is the sender itself',
    namespaces().node('blue', { routes: ['default via 192.168.15.2'] }),
    ping('blue', '8.8.8.8'),
    'neighbour-silent blue 8.8.8.8',
  ],
  [
    'gateway that is the sender itself, the target on the wire',
    namespaces().node('blue', { routes: ['192.168.15.1/32 via 192.168.15.2'] }),
    ping('blue', '192.168.15.1'),
    'delivered',
  ],
  [
    'a router without an address on the link to the target',
    namespaces().link('router', 'wan', { addresses: [] }).node('router', { routes: [] }),
    ping('blue', '8.8.8.8'),
    'no-address router -',
  ],
  [
    'a router with an address of the sender',
    namespaces().link('router', 'lo', { kind: 'loopback', addresses: ['192.168.1.2/32'] }),
    ping('host', '8.8.8.8'),
    'duplicate-address router 192.168.1.2',
  ],
  [
    'a router without the route',
    namespaces().node('router', { routes: [] }),
    ping('blue', '8.8.8.8'),
    'no-route router 8.8.8.8',
  ],
  [
    'blackhole',
    namespaces().node('blue', { routes: ['default via 192.168.15.5', 'blackhole 8.8.8.0/24'] }),
    ping('blue', '8.8.8.8'),
    'route-refuses blue blackhole 8.8.8.0/24',
  ],
  [
    'two routers that point at each other',
    namespaces().node('router', { routes: ['8.8.8.0/24 via 192.168.1.2'] }),
    ping('blue', '8.8.8.8'),
    'routing-loop host 8.8.8.8',
  ],
  [
    'the same without NAT',
    namespaces()
      .node('router', { routes: ['8.8.8.0/24 via 192.168.1.2'] })
      .node('host', { rules: {} }),
    ping('blue', '8.8.8.8'),
    'routing-loop host 8.8.8.8',
  ],
  [
    'address on a port of a bridge',
    namespaces()
      .link('host', 'v-net-0', { addresses: [] })
      .link('host', 'veth-red-br', { addresses: ['192.168.15.5/24'] }),
    ping('host', '192.168.15.1'),
    'wrong-device host veth-red-br',
  ],
  [
    'strict reverse path',
    namespaces()
      .node('host', { sysctls: { 'net.ipv4.ip_forward': '1', 'net.ipv4.conf.all.rp_filter': '1' } })
      .link('blue', 'veth-blue', { addresses: ['192.168.1.77/32', '192.168.15.2/24'] })
      .node('blue', { routes: ['default via 192.168.15.5 src 192.168.1.77'] }),
    ping('blue', '8.8.8.8'),
    'rp-filter host v-net-0',
  ],
  ['IPv6', routed6(), ping('a', 'fd00:2::2'), 'delivered'],
  [
    'IPv6: of two routes of one metric the preferred router has the packet',
    routed6().node('a', {
      routes: ['default via fd00:1::9 dev ar', 'default via fd00:1::2 dev ar pref high'],
    }),
    ping('a', 'fd00:2::2'),
    'delivered',
  ],
  [
    'IPv6: the router of low preference has none, though listed first',
    routed6().node('a', {
      routes: ['default via fd00:1::9 dev ar pref low', 'default via fd00:1::2 dev ar'],
    }),
    ping('a', 'fd00:2::2'),
    'delivered',
  ],
  [
    'IPv6: a lower metric counts before the preference',
    routed6().node('a', {
      routes: ['default via fd00:1::9 dev ar metric 2 pref high', 'default via fd00:1::2 dev ar metric 1'],
    }),
    ping('a', 'fd00:2::2'),
    'delivered',
  ],
  [
    'IPv6: a gateway by its link-local address is not sent to from one',
    routed6().node('a', { routes: ['default via fe80::1 dev ar'] }),
    ping('a', 'fd00:2::2'),
    'delivered',
  ],
  [
    'IPv6: only the link-local address is left, which no router forwards',
    routed6().link('a', 'ar', { addresses: ['fe80::a/64'] }),
    ping('a', 'fd00:2::2'),
    'no-address a -',
  ],
  [
    'IPv6: the sender’s mistake is the first, before the router’s',
    routed6()
      .link('a', 'ar', { addresses: ['fe80::a/64'] })
      .node('r', { sysctls: {} }),
    ping('a', 'fd00:2::2'),
    'no-address a -',
  ],
  [
    'IPv6: a router without a route says so, forwarding or not',
    routed6().link('r', 'rb', { up: false }).node('r', { sysctls: {} }),
    ping('a', 'fd00:2::2'),
    'link-down r rb',
  ],
  [
    'IPv6: an address of another link is enough',
    routed6()
      .link('a', 'ar', { addresses: ['fe80::a/64'] })
      .link('a', 'other', { kind: 'dummy', addresses: ['fd00:9::1/64'] })
      .node('r', { routes: ['fd00:9::/64 via fe80::a dev ra'] }),
    ping('a', 'fd00:2::2'),
    'delivered',
  ],
  [
    'IPv6: the router itself answers a link-local address',
    routed6().link('a', 'ar', { addresses: ['fe80::a/64'] }),
    ping('a', 'fd00:2::1'),
    'delivered',
  ],
  [
    'IPv6: the link-local address makes no route to the network',
    routed6()
      .link('a', 'ar', { addresses: ['fe80::a/64'] })
      .node('a', { routes: [] }),
    ping('a', 'fd00:1::2'),
    'no-address a -',
  ],
  [
    'echo ignored',
    namespaces().node('lan', { sysctls: { 'net.ipv4.icmp_echo_ignore_all': '1' } }),
    ping('host', '192.168.1.3'),
    'wrong-value lan net.ipv4.icmp_echo_ignore_all',
  ],
  [
    'a listener on the loopback only',
    namespaces().node('blue', { listeners: ['tcp 127.0.0.1:80'] }),
    web('host', '192.168.15.2'),
    'port-closed blue 127.0.0.1:80',
  ],
];

t.test('of several bridges the one whose network the loose port is in', async (t) => {
  const meant = (bridges: string[]) => {
    const world = namespaces().link('host', 'veth-red-br', { master: '' });
    for (const name of bridges) world.link('host', name, { kind: 'bridge', addresses: ['172.17.0.1/16'] });
    const { host } = world.spec;
    // Others were made before it.
    const { 'v-net-0': own, ...links } = host?.links ?? {};
    world.node('host', { links: { ...links, 'v-net-0': own ?? {} } });
    const trouble = firstTrouble(walk(observe(world.spec), ping('red', '192.168.15.5')));
    return trouble?.kind === 'lost' ? `${trouble.reason} ${trouble.values.expected}` : 'none';
  };
  t.equal(meant([]), 'not-attached v-net-0');
  t.equal(meant(['docker0']), 'not-attached v-net-0');
});

t.test('the ends of packets', async (t) => {
  for (const [title, world, packet, expected] of cases) t.equal(end(world, packet), expected, title);
});
