import type { Reason } from '../../../src/core/verdict/reasons.ts';
import type { Values } from '../../../src/core/verdict/verdict.ts';
import { ask } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import { traced } from '../traced.ts';
import type { Wrong } from './wrong.ts';

const way = ['blue 192.168.15.2>192.168.1.3', 'host 192.168.15.2>192.168.1.3'];
const asked = { from: 'blue', to: '192.168.1.3', through: ['host'] };
const mac = '02:00:00:00:00:77';
const port = { link: 'veth-blue-br', bridge: 'v-net-0' };
const inIptables = { table: 'mangle', chainName: 'PREROUTING', line: '1' };
const proxy = { ...inIptables, rule: '-A PREROUTING -p tcp -j TPROXY --on-port 5000', port: '5000' };

/**
 * Reasons that only a packet's last place proves: each with the values its words need
 * (test/kernel/trace/causes.test.ts).
 */
const ends: [title: string, Reason, Values][] = [
  [
    'arp_ignore',
    'question-ignored',
    { key: 'net.ipv4.conf.all.arp_ignore', observed: '1', address: '192.168.1.3', link: 'eth0', has: 'lo' },
  ],
  [
    'a firewall against ARP',
    'question-dropped',
    {
      ...{ rule: 'policy drop', family: 'arp', table: 'f', chain: 'arp f input', chainName: 'input' },
      ...{ address: '192.168.1.3', policyNft: 'input', list: 'nft list table arp f' },
    },
  ],
  [
    'proxy_arp without a route',
    'proxy-silent',
    { key: 'net.ipv4.conf.eth0.proxy_arp', link: 'eth0', address: '192.168.1.3' },
  ],
  ['a port that learns', 'port-state', { ...port, observed: 'learning' }],
  ['isolated ports', 'port-isolated', { ...port, other: 'veth-red-br' }],
  ['a trunk without the VLAN', 'other-vlan', { port: 'v2', bridge: 'v-net-0', vlan: '10', trunk: 'v2' }],
  ['a port without the VLAN', 'other-vlan', { port: 'v2', bridge: 'v-net-0', vlan: '10', access: 'v2' }],
  [
    'a bridge without the VLAN',
    'other-vlan',
    { port: 'v-net-0', bridge: 'v-net-0', vlan: '10', self: 'v-net-0' },
  ],
  ['a port without a PVID', 'other-vlan', { port: 'v2', bridge: 'v-net-0', bare: 'v2' }],
  [
    'an interface of another VLAN',
    'other-vlan',
    { vlan: '10', untaken: 'eth0', other: 'eth0.20', otherVlan: '20' },
  ],
  ['a port without floods', 'not-flooded', { ...port, frames: 'multicast', option: 'mcast_flood' }],
  ['back by the same port', 'port-hairpin', port],
  [
    'an entry for another port',
    'wrong-port',
    { bridge: 'v-net-0', mac, observed: 'veth-red-br', expected: 'veth-blue-br' },
  ],
  ['a short MTU', 'frame-too-long', { link: 'eth0', mtu: '1400', length: '1478' }],
  ['one MAC twice', 'duplicate-mac', { mac, nodes: 'blue:eth0, red:eth0', link: 'eth0' }],
  [
    'a wrong neighbour entry',
    'wrong-mac',
    { address: '192.168.1.3', mac, link: 'eth0', expected: '02:00:00:00:00:01', owner: 'lan' },
  ],
  [
    'a wrong end of a tunnel',
    'wrong-tunnel-end',
    { mac, link: 'vx', observed: '172.31.0.3', expected: '172.31.0.2', owner: 'n2' },
  ],
  [
    'a tunnel of another number',
    'tunnel-unheard',
    {
      ...{ id: '42', port: '4789', address: '172.31.0.2', sender: 'n1:vx' },
      observed: 'vx: VNI 43, UDP 4789',
    },
  ],
  [
    'a peer of WireGuard without the address',
    'no-peer',
    {
      ...{ link: 'wg0', address: '10.9.0.7', key: 'KcmXA0=', wider: '10.9.0.2/32,10.9.0.7/32' },
      observed: 'peer KcmXA0= endpoint 172.31.0.2:51820 allowed-ips 10.9.0.2/32',
    },
  ],
  [
    'macvlan and the link below',
    'lower-link',
    {
      ...{ upper: 'blue:mv', lower: 'host:v-net-0', kind: 'macvlan', address: '192.168.1.3' },
      ...{ peer: 'host:v-net-0', ownKind: 'macvlan mode bridge', whole: '192.168.1.3/24' },
    },
  ],
  [
    'a loopback address on the wire',
    'loopback-only',
    {
      ...{ address: '127.0.0.1', side: 'source', link: 'eth0', masquerade: 'eth0' },
      key: 'net.ipv4.conf.eth0.route_localnet',
    },
  ],
  [
    'no port left',
    'no-free-port',
    {
      ...{ rule: '-A POSTROUTING -j SNAT --to-source 10.0.0.1:40000', ports: '40000', line: '1' },
      ...{ chainName: 'POSTROUTING', wider: '-j SNAT --to-source 10.0.0.1', tool: 'iptables' },
    },
  ],
  ['two zones', 'other-zone', { zone: '1', other: '0', chainName: 'PREROUTING', line: '1' }],
  ['a mark without a local route', 'proxy-unrouted', { ...proxy, mark: '0x1' }],
  ['a proxy that does not run', 'proxy-unheard', proxy],
  ['a full queue', 'queue-full', { link: 'eth0', queue: 'tbf' }],
  [
    'a policy of IPsec that blocks',
    'ipsec-refuses',
    {
      ...{
        source: '192.168.1.2',
        dst: '192.168.1.3',
        blocked: 'src 192.168.1.2/32 dst 192.168.1.3/32 dir out',
      },
      ipsecPolicy: 'src 192.168.1.2/32 dst 192.168.1.3/32 dir out',
    },
  ],
  ["only the kernel's word", 'kernel-drop', { word: 'IP_CSUM' }],
];

export const wrongEnds: Wrong[] = ends.map(([title, reason, values]) => [
  title,
  `fail ${reason} host`,
  ask(
    namespaces(),
    'path',
    asked,
    traced(way, [], { kind: 'dropped', direction: 'request', node: 'host', reason, object: '-', values }),
  ),
]);
