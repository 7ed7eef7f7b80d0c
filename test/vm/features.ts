import { generateKeyPairSync } from 'node:crypto';

/**
 * What Debian's kernels have and those of the test machines lack, each in the finished lab `router`: commands that
 * make it ("NODE: COMMAND"), a trace that must arrive, commands that break it, and the words of the end then.
 */
export interface Feature {
  name: string;
  make: readonly string[];
  works: string;
  breaks: readonly string[];
  ends: RegExp;
}

const pair = (kind: string, a: string, c: string): string[] => [
  `a: ip link add t0 type ${kind} ${a}; ip addr add 10.9.0.1/24 dev t0; ip link set t0 up`,
  `c: ip link add t0 type ${kind} ${c}; ip addr add 10.9.0.2/24 dev t0; ip link set t0 up`,
];

/** A pair of WireGuard's keys. */
function makeKeys() {
  const { d = '', x = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const base64 = (key: string) => Buffer.from(key, 'base64url').toString('base64');
  return { secret: base64(d), open: base64(x) };
}

const keys = { a: makeKeys(), c: makeKeys() };

const tunnel = (own: typeof keys.a, other: typeof keys.a, address: string, endpoint: string): string =>
  [
    'ip link add t0 type wireguard',
    `echo ${own.secret} >/tmp/key`,
    `wg set t0 listen-port 51820 private-key /tmp/key peer ${other.open} endpoint ${endpoint}:51820 allowed-ips 10.9.0.0/24`,
    `ip addr add ${address}/24 dev t0`,
    'ip link set t0 up',
  ].join('; ');

export const FEATURES: readonly Feature[] = [
  {
    name: 'netem',
    make: ['router: tc qdisc add dev eth1 root netem delay 10ms'],
    works: 'a 192.168.2.10',
    breaks: ['router: tc qdisc change dev eth1 root netem loss 100%'],
    ends: /router/,
  },
  {
    name: 'vlan',
    make: [
      'a: ip link add eth0.10 link eth0 type vlan id 10; ip addr add 10.9.0.1/24 dev eth0.10; ip link set eth0.10 up',
      'b: ip link add eth0.10 link eth0 type vlan id 10; ip addr add 10.9.0.2/24 dev eth0.10; ip link set eth0.10 up',
    ],
    works: 'a 10.9.0.2',
    breaks: [
      'b: ip link del eth0.10; ip link add eth0.20 link eth0 type vlan id 20; ip addr add 10.9.0.2/24 dev eth0.20; ip link set eth0.20 up',
    ],
    ends: /VLAN|vlan/,
  },
  {
    name: 'ipip',
    make: pair('ipip', 'local 192.168.1.10 remote 192.168.2.10', 'local 192.168.2.10 remote 192.168.1.10'),
    works: 'a 10.9.0.2',
    breaks: ['router: iptables -A FORWARD -p 4 -j DROP'],
    ends: /router[\s\S]*DROP/,
  },
  {
    name: 'gre',
    make: pair(
      'gre',
      'local 192.168.1.10 remote 192.168.2.10 key 7',
      'local 192.168.2.10 remote 192.168.1.10 key 7',
    ),
    works: 'a 10.9.0.2',
    breaks: ['c: ip link change t0 type gre local 192.168.2.10 remote 192.168.1.10 key 8'],
    ends: /\bc\b/,
  },
  {
    name: 'wireguard',
    make: [
      `a: ${tunnel(keys.a, keys.c, '10.9.0.1', '192.168.2.10')}`,
      `c: ${tunnel(keys.c, keys.a, '10.9.0.2', '192.168.1.10')}`,
    ],
    works: 'a 10.9.0.2',
    breaks: ['router: iptables -A FORWARD -p udp --dport 51820 -j DROP'],
    ends: /router[\s\S]*DROP/,
  },
  {
    name: 'vrf',
    make: [
      'router: ip link add blue type vrf table 10; ip link set blue up; ip link set eth0 master blue; ip link set eth1 master blue',
    ],
    works: 'a 192.168.2.10',
    breaks: ['router: ip link set eth1 nomaster'],
    ends: /router/,
  },
  {
    name: 'flowtable',
    make: [
      "router: nft 'table ip f { flowtable ft { hook ingress priority 0; devices = { eth0, eth1 }; }; chain c { type filter hook forward priority 0; ip protocol { tcp, udp } flow add @ft; }; }'",
    ],
    works: 'a 192.168.2.10',
    breaks: ['router: nft add rule ip f c ip daddr 192.168.2.10 drop'],
    ends: /router[\s\S]*drop/,
  },
];
