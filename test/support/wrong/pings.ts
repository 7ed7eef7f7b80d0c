import type { CheckArguments } from '../../../src/core/check/check.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces, routed6, type World } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

const ping = (from: string, to: string, expect: CheckArguments['ping']['expect'] = 'reply') => ({
  from,
  to,
  expect,
});
const silence = { outcomes: [outcome('silence')] };
const refused = { outcomes: [outcome('rejected')] };
const unreachable = { outcomes: [outcome('no-route')] };
const off = { sysctls: { 'net.ipv4.ip_forward': '0' } };
const unplugged = (): World =>
  namespaces().without('host', 'veth-blue-br').link('blue', 'veth-blue', { up: false });
const forward = (...lines: string[]): World => {
  const nat = ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'];
  return namespaces().node('host', { rules: { nat, filter: lines } });
};

/** Pings that should be answered. */
export const wrongPings: Wrong[] = [
  [
    'no namespace to ping from',
    'fail netns-missing gray',
    ask(namespaces(), 'ping', ping('gray', '192.168.15.2'), { outcomes: [null] }),
  ],
  ['no route', 'fail no-route red', ask(namespaces(), 'ping', ping('red', '192.168.1.3'), unreachable)],
  [
    'no address',
    'fail no-address red',
    ask(
      namespaces().link('red', 'veth-red', { addresses: [] }),
      'ping',
      ping('red', '192.168.15.2'),
      unreachable,
    ),
  ],
  [
    'IPv6: only the link-local address is left',
    'fail no-address a',
    ask(routed6().link('a', 'ar', { addresses: ['fe80::a/64'] }), 'ping', ping('a', 'fd00:2::2'), refused),
  ],
  [
    'IPv6: only the link-local address is left, and the router is none',
    'fail no-address a',
    ask(
      routed6()
        .link('a', 'ar', { addresses: ['fe80::a/64'] })
        .node('r', { sysctls: {} }),
      'ping',
      ping('a', 'fd00:2::2'),
      silence,
    ),
  ],
  [
    'IPv6: only the link-local address is left, for a target on the wire',
    'fail no-address a',
    ask(
      routed6()
        .link('a', 'ar', { addresses: ['fe80::a/64'] })
        .node('a', { routes: [] }),
      'ping',
      ping('a', 'fd00:1::2'),
      unreachable,
    ),
  ],
  [
    'addresses without /24',
    'fail wrong-prefix red',
    ask(
      namespaces()
        .link('red', 'veth-red', { addresses: ['192.168.15.1'] })
        .link('blue', 'veth-blue', { addresses: ['192.168.15.2'] }),
      'ping',
      ping('red', '192.168.15.2'),
      unreachable,
    ),
  ],
  [
    "the target's port is down",
    'fail link-down host',
    ask(namespaces().link('host', 'veth-blue-br', { up: false }), 'ping', ping('red', '192.168.15.2'), {
      outcomes: [outcome('host-unreachable')],
    }),
  ],
  [
    'only the inner end is up',
    'fail no-carrier red',
    ask(
      namespaces().link('host', 'veth-red-br', { up: false }),
      'ping',
      ping('red', '192.168.15.2'),
      silence,
    ),
  ],
  [
    'the port is not plugged in',
    'fail not-attached host',
    ask(
      namespaces().link('host', 'veth-blue-br', { master: '' }),
      'ping',
      ping('red', '192.168.15.2'),
      silence,
    ),
  ],
  [
    'nobody there',
    'fail neighbour-silent red',
    ask(namespaces(), 'ping', ping('red', '192.168.15.9'), silence),
  ],
  [
    'the target unplugged',
    'fail neighbour-silent red',
    ask(unplugged(), 'ping', ping('red', '192.168.15.2'), silence),
  ],
  [
    'a gateway that is nobody',
    'fail neighbour-silent blue',
    ask(
      namespaces().node('blue', { routes: ['default via 192.168.15.50'] }),
      'ping',
      ping('blue', '8.8.8.8'),
      silence,
    ),
  ],
  [
    'a gateway that is no router',
    'fail wrong-gateway blue',
    ask(
      namespaces().node('blue', { routes: ['default via 192.168.15.1'] }),
      'ping',
      ping('blue', '8.8.8.8'),
      silence,
    ),
  ],
  [
    'an address on a port',
    'fail wrong-device host',
    ask(
      namespaces()
        .link('host', 'v-net-0', { addresses: [] })
        .link('host', 'veth-red-br', { addresses: ['192.168.15.5/24'] }),
      'ping',
      ping('host', '192.168.15.1'),
      silence,
    ),
  ],
  [
    'the same address twice',
    'fail duplicate-address host',
    ask(
      namespaces().link('host', 'v-net-0', { addresses: ['192.168.15.2/24'] }),
      'ping',
      ping('red', '192.168.15.2'),
      silence,
    ),
  ],
  [
    'forwarding off',
    'fail forwarding-off host',
    ask(namespaces().node('host', off), 'ping', ping('blue', '192.168.1.3'), silence),
  ],
  [
    'no way back',
    'fail reply-not-routed lan',
    ask(namespaces().node('host', { rules: {} }), 'ping', ping('blue', '192.168.1.3'), silence),
  ],
  [
    'in a circle',
    'fail routing-loop host',
    ask(
      namespaces().node('router', { routes: ['8.8.8.0/24 via 192.168.1.2'] }),
      'ping',
      ping('blue', '8.8.8.8'),
      silence,
    ),
  ],
  [
    'the address of a Service',
    'fail service-port router',
    ask(
      namespaces().node('host', {
        rules: {
          nat: [
            '-N KUBE-SERVICES',
            '-A PREROUTING -j KUBE-SERVICES',
            '-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment "shop/db cluster IP" -m tcp --dport 80 -j DNAT --to-destination 192.168.1.3:80',
          ],
        },
      }),
      'ping',
      ping('blue', '10.96.0.20'),
      silence,
    ),
  ],
  [
    'refused by a route',
    'fail route-refuses blue',
    ask(namespaces().node('blue', { routes: ['unreachable 8.8.8.0/24'] }), 'ping', ping('blue', '8.8.8.8'), {
      outcomes: [outcome('host-unreachable')],
    }),
  ],
  [
    'strict reverse path',
    'fail rp-filter host',
    ask(
      namespaces()
        .node('host', { sysctls: { 'net.ipv4.ip_forward': '1', 'net.ipv4.conf.v-net-0.rp_filter': '1' } })
        .link('blue', 'veth-blue', { addresses: ['192.168.1.77/32', '192.168.15.2/24'] })
        .node('blue', { routes: ['default via 192.168.15.5 src 192.168.1.77'] }),
      'ping',
      ping('blue', '8.8.8.8'),
      silence,
    ),
  ],
  [
    'dropped by policy',
    'fail dropped-by-rule host',
    ask(forward('-P FORWARD DROP'), 'ping', ping('blue', '192.168.1.3'), silence),
  ],
  [
    'dropped by a rule',
    'fail dropped-by-rule host',
    ask(forward('-A FORWARD -p icmp -j DROP'), 'ping', ping('blue', '192.168.1.3'), silence),
  ],
  [
    'rejected by a rule',
    'fail rejected-by-rule host',
    ask(forward('-A FORWARD -p icmp -j REJECT'), 'ping', ping('blue', '192.168.1.3'), refused),
  ],
  [
    'left to chance',
    'fail no-answer blue',
    ask(
      forward('-A FORWARD -m statistic --mode random --probability 0.5 -j DROP'),
      'ping',
      ping('blue', '192.168.1.3'),
      silence,
    ),
  ],
  [
    'nothing explains it',
    'fail no-answer red',
    ask(namespaces(), 'ping', ping('red', '192.168.15.2'), silence),
  ],
  [
    'state and packet disagree',
    'fail no-answer red',
    ask(namespaces(), 'ping', ping('red', '192.168.1.3'), silence),
  ],
  [
    'a name nobody knows',
    'fail name-unknown red',
    ask(namespaces(), 'ping', ping('red', 'db'), { outcomes: [outcome('name-unknown')] }),
  ],
  [
    'no ping',
    'could-not-check tool-failed red',
    ask(namespaces(), 'ping', ping('red', '192.168.15.2'), { outcomes: [outcome('tool-failed')] }),
  ],
];
