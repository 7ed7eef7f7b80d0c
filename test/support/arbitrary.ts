import fc from 'fast-check';
import type { LinkSpec, NodeSpec, Spec } from './observation.ts';

const nodes = ['host', 'red', 'blue', 'lan'] as const;
const links = ['a', 'b', 'c'] as const;
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2', '10.0.2.1'] as const;
const rules = [
  '-P FORWARD DROP',
  '-A FORWARD -s 10.0.0.0/24 -j DROP',
  '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A INPUT -p icmp -j REJECT',
  '-A FORWARD -m limit --limit 1/sec -j ACCEPT',
] as const;
const translations = [
  '-A POSTROUTING -j MASQUERADE',
  '-A POSTROUTING -s 10.0.0.0/24 -j SNAT --to-source 10.0.1.1',
  '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.1.2:80',
  '-A OUTPUT -d 10.0.2.1/32 -j DNAT --to-destination 10.0.0.1',
  '-A PREROUTING -p icmp -j REDIRECT',
] as const;

export const nodeName = fc.constantFrom(...nodes);
export const address = fc.constantFrom(...addresses);

const link: fc.Arbitrary<LinkSpec> = fc.record({
  kind: fc.constantFrom('veth', 'veth', 'veth', 'bridge', 'vxlan'),
  up: fc.boolean(),
  master: fc.constantFrom('', '', ...links),
  peer: fc.tuple(nodeName, fc.constantFrom(...links)).map(([node, name]) => `${node}:${name}`),
  addresses: fc.array(
    fc.tuple(address, fc.constantFrom(24, 24, 32, 31)).map(([one, bits]) => `${one}/${bits}`),
    { maxLength: 2 },
  ),
});

const route = fc.oneof(
  fc
    .tuple(fc.constantFrom('default', '10.0.1.0/24', '10.0.2.1'), address)
    .map(([to, via]) => `${to} via ${via}`),
  fc
    .tuple(fc.constantFrom('default', '10.0.0.0/16'), fc.constantFrom(...links))
    .map(([to, dev]) => `${to} dev ${dev}`),
  fc.constantFrom('blackhole 10.0.2.0/24', 'unreachable default', 'throw 10.0.1.0/24'),
);

const node: fc.Arbitrary<NodeSpec> = fc.record({
  kind: fc.constantFrom('netns', 'host'),
  links: fc.dictionary(fc.constantFrom(...links), link, { maxKeys: 3, noNullPrototype: true }),
  routes: fc.array(route, { maxLength: 3 }),
  sysctls: fc.record({
    'net.ipv4.ip_forward': fc.constantFrom('0', '1', '1'),
    'net.ipv4.conf.all.rp_filter': fc.constantFrom('0', '0', '1', '2'),
    'net.bridge.bridge-nf-call-iptables': fc.constantFrom('0', '1'),
  }),
  rules: fc.record({
    filter: fc.uniqueArray(fc.constantFrom(...rules), { maxLength: 2 }),
    nat: fc.uniqueArray(fc.constantFrom(...translations), { maxLength: 2 }),
  }),
  listeners: fc.subarray(['tcp 0.0.0.0:80', 'tcp 10.0.1.2:80']),
  loDown: fc.boolean(),
});

/** Unusual networks: loops, links into nowhere, the same address everywhere. */
export const anySpec: fc.Arbitrary<Spec> = fc.dictionary(nodeName, node, { noNullPrototype: true });
