import t from 'tap';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import type { Vlan } from '../../../src/core/state/observation.ts';
import { type LinkSpec, observe, type Spec } from '../../support/observation.ts';

const access = (id: number): Vlan[] => [{ id, pvid: true, untagged: true }];
const trunk = (...ids: number[]): Vlan[] => ids.map((id) => ({ id, pvid: false, untagged: false }));

/** An interface of a VLAN on eth0, with the node's address. */
const tagged = (id: number, address: string): Record<string, LinkSpec> => ({
  eth0: {},
  [`eth0.${id}`]: { kind: 'vlan', parent: 'eth0', details: { id: String(id) }, addresses: [address] },
});
const plain = (address: string): Record<string, LinkSpec> => ({ eth0: { addresses: [address] } });

const [a, b] = ['10.9.0.1/24', '10.9.0.2/24'];

interface Wiring {
  first: Record<string, LinkSpec>;
  second: Record<string, LinkSpec>;
  /** Of the bridge's ports to a and to b, and of the bridge itself; null: it keeps no VLANs apart. */
  vlans: [Vlan[], Vlan[], Vlan[]] | null;
}

/** a and b on a bridge of the host, which has 10.9.0.5 on it, or on br0.10. */
function network({ first, second, vlans }: Wiring): Spec {
  const [one, two, own] = vlans ?? [];
  const wired = (links: Record<string, LinkSpec>, port: string) => ({
    links: { ...links, eth0: { ...links.eth0, peer: `host:${port}` } },
  });
  return {
    host: {
      links: {
        br0: {
          kind: 'bridge',
          details: { vlan_filtering: vlans === null ? '0' : '1' },
          ...(own && { vlans: own }),
        },
        'br0.10': { kind: 'vlan', parent: 'br0', details: { id: '10' }, addresses: ['10.9.0.5/24'] },
        va: { master: 'br0', ...(one && { vlans: one }) },
        vb: { master: 'br0', ...(two && { vlans: two }) },
      },
    },
    a: wired(first, 'va'),
    b: wired(second, 'vb'),
  };
}

const none: Vlan[] = [];
const cases: [title: string, wiring: Wiring, to: string, end: string, values: object][] = [
  [
    'tags through a bridge that does not look',
    { first: tagged(10, a), second: tagged(10, b), vlans: null },
    '10.9.0.2',
    'delivered',
    {},
  ],
  [
    'two numbers on one wire',
    { first: tagged(10, a), second: tagged(20, b), vlans: null },
    ...(['10.9.0.2', 'other-vlan b eth0'] as const),
    { vlan: '10', untaken: 'eth0', other: 'eth0.20', otherVlan: '20' },
  ],
  [
    'a tag for a node without VLANs',
    { first: tagged(10, a), second: plain(b), vlans: null },
    ...(['10.9.0.2', 'other-vlan b eth0'] as const),
    { vlan: '10', untaken: 'eth0' },
  ],
  [
    'two ports of one VLAN',
    { first: plain(a), second: plain(b), vlans: [access(10), access(10), none] },
    '10.9.0.2',
    'delivered',
    {},
  ],
  [
    'a port of another VLAN',
    { first: plain(a), second: plain(b), vlans: [access(10), access(20), none] },
    ...(['10.9.0.2', 'other-vlan host vb'] as const),
    { port: 'vb', bridge: 'br0', vlan: '10', access: 'vb' },
  ],
  [
    'a port without a PVID',
    { first: plain(a), second: plain(b), vlans: [trunk(10), access(10), none] },
    ...(['10.9.0.2', 'other-vlan host va'] as const),
    { port: 'va', bare: 'va' },
  ],
  [
    'a tag, and a port without',
    { first: tagged(10, a), second: plain(b), vlans: [trunk(10), access(10), none] },
    '10.9.0.2',
    'delivered',
    {},
  ],
  [
    'a trunk that lacks the VLAN',
    { first: tagged(10, a), second: tagged(10, b), vlans: [trunk(10), trunk(20), none] },
    ...(['10.9.0.2', 'other-vlan host vb'] as const),
    { port: 'vb', vlan: '10', trunk: 'vb' },
  ],
  [
    'a tag that a port does not let in',
    { first: tagged(10, a), second: tagged(10, b), vlans: [trunk(20), trunk(10), none] },
    ...(['10.9.0.2', 'other-vlan host va'] as const),
    { port: 'va', vlan: '10' },
  ],
  [
    "the bridge's own VLAN",
    { first: plain(a), second: plain(b), vlans: [access(10), access(10), trunk(10)] },
    '10.9.0.5',
    'delivered',
    {},
  ],
  [
    "the bridge's own interface is not in it",
    { first: plain(a), second: plain(b), vlans: [access(10), access(10), none] },
    ...(['10.9.0.5', 'other-vlan host br0'] as const),
    { port: 'br0', vlan: '10', self: 'br0' },
  ],
];

t.test('VLANs: the walk goes by their tags', (t) => {
  for (const [title, wiring, to, expected, values] of cases) {
    const trouble = firstTrouble(
      walk(observe(network(wiring)), { from: 'a', to, protocol: 'icmp', port: null }),
    );
    const end =
      trouble === null
        ? 'delivered'
        : `${trouble.kind === 'lost' ? trouble.reason : 'undecided'} ${trouble.node} ${trouble.object ?? '-'}`;
    t.equal(end, expected, title);
    if (trouble?.kind === 'lost') t.match(trouble.values, values, `${title}: values`);
  }
  t.end();
});

t.test('VLANs in a circle: a frame that gets another tag in each round ends', (t) => {
  const spec: Spec = {
    a: { links: { eth0: { addresses: [a], peer: 'host:va' } } },
    host: {
      links: {
        one: { kind: 'bridge' },
        two: { kind: 'bridge' },
        va: { master: 'two' },
        'one.10': { kind: 'vlan', parent: 'one', master: 'two', details: { id: '10' } },
        'one.20': { kind: 'vlan', parent: 'one', master: 'two', details: { id: '20' } },
        out: { master: 'one', peer: 'host:back' },
        back: { master: 'two' },
      },
    },
  };
  const trouble = firstTrouble(
    walk(observe(spec), { from: 'a', to: '10.9.0.2', protocol: 'icmp', port: null }),
  );
  t.match(trouble, { kind: 'lost', reason: 'neighbour-silent' });
  t.end();
});
