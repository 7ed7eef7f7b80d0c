import t from 'tap';
import { helps } from '../../../src/core/cure/proof.ts';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { type LinkSpec, type NodeSpec, observe, type Spec } from '../../support/observation.ts';

const ping: Packet = { from: 'n1', to: '10.9.0.2', protocol: 'icmp', port: null };
const prefix = (own: number) => `10.9.0.${own}/32`;

/** n1 - r - n2, and WireGuard between n1 and n2; n2 is told no endpoint, as a server is. */
function world(change: (n1: LinkSpec, n2: LinkSpec, spec: Spec) => void): Spec {
  const wg = (own: number, other: number, port: number): LinkSpec => ({
    ...{ kind: 'wireguard', addresses: [`10.9.0.${own}/24`] },
    details: { 'public-key': `key${own}`, 'listen-port': String(port) },
    peers: [
      {
        key: `key${other}`,
        endpoint: own === 1 ? { address: '172.31.2.2', port: 51820 } : null,
        allowed: [prefix(other)],
      },
    ],
  });
  const [one, two] = [wg(1, 2, 40000), wg(2, 1, 51820)];
  const end = (own: number, link: LinkSpec): NodeSpec => ({
    links: { eth0: { peer: `r:e${own}`, addresses: [`172.31.${own}.2/24`] }, wg0: link },
    routes: [`default via 172.31.${own}.1`],
  });
  const addresses = (own: number) => ({ addresses: [`172.31.${own}.1/24`] });
  const spec: Spec = {
    ...{ n1: end(1, one), n2: end(2, two) },
    r: { links: { e1: addresses(1), e2: addresses(2) }, sysctls: { 'net.ipv4.ip_forward': '1' } },
  };
  change(one, two, spec);
  return spec;
}

/** Of the only peer. */
const set = (link: LinkSpec, changed: Partial<NonNullable<LinkSpec['peers']>[number]>) => {
  link.peers = (link.peers ?? []).map((each) => ({ ...each, ...changed }));
};

const dropping: NodeSpec['rules'] = {
  filter: [':FORWARD ACCEPT', '-A FORWARD -p udp --dport 51820 -j DROP'],
};

const cases: [title: string, change: Parameters<typeof world>[0], expected: string, cure?: string][] = [
  ['nothing wrong', () => undefined, 'delivered'],
  [
    'a rule of the router for its port',
    (_1, _2, { r }) => Object.assign(r ?? {}, { rules: dropping }),
    'dropped-by-rule r',
  ],
  [
    'a router that does not forward',
    (_1, _2, { r }) => Object.assign(r ?? {}, { sysctls: {} }),
    'forwarding-off r',
  ],
  [
    'a peer for another address',
    (n1) => set(n1, { allowed: ['10.9.0.3/32'] }),
    'no-peer n1',
    'wg set wg0 peer key2 allowed-ips 10.9.0.3/32,10.9.0.2/32',
  ],
  [
    'the longest prefix decides',
    (n1) => n1.peers?.push({ key: 'x', endpoint: null, allowed: ['10.9.0.0/24'] }),
    'delivered',
  ],
  ['no endpoint', (n1) => set(n1, { endpoint: null }), 'no-peer n1'],
  [
    'the endpoint’s port is another one',
    (n1) => set(n1, { endpoint: { address: '172.31.2.2', port: 51821 } }),
    'no-peer n1',
    'wg set wg0 peer key2 endpoint 172.31.2.2:51820',
  ],
  [
    'the key of another one',
    (n1) => set(n1, { key: 'key9' }),
    'no-peer n1',
    'wg set wg0 peer key2 endpoint 172.31.2.2:51820 allowed-ips 10.9.0.2/32',
  ],
  [
    'a server that does not know the sender',
    (_, n2) => set(n2, { key: 'key9' }),
    'no-peer n2',
    'wg set wg0 peer key1 allowed-ips 10.9.0.1/32',
  ],
  [
    'a server that lets the sender use another address',
    (_, n2) => set(n2, { allowed: ['10.9.0.7/32'] }),
    'no-peer n2',
    'wg set wg0 peer key1 allowed-ips 10.9.0.7/32,10.9.0.1/32',
  ],
  ['a server that is down', (_, n2) => Object.assign(n2, { up: false }), 'no-peer n1'],
  ['interfaces whose peers were not read', (n1) => delete n1.peers, 'undecided n1'],
];

for (const [title, change, expected, cure] of cases)
  t.test(title, async (t) => {
    const state = observe(world(change));
    const trouble = firstTrouble(walk(state, ping));
    const end =
      trouble === null
        ? 'delivered'
        : `${trouble.kind === 'lost' ? trouble.reason : 'undecided'} ${trouble.node}`;
    t.equal(end, expected);
    if (cure === undefined || trouble?.kind !== 'lost') return;
    const tried = (run: string) => helps(state, { packet: ping, ...trouble }, [{ on: trouble.node, run }]);
    t.ok(tried(cure), cure);
    t.notOk(tried('wg set wg0 peer key8 allowed-ips 10.9.0.9/32'), 'a peer that is nobody');
    t.notOk(tried('wg set eth0 peer key2 allowed-ips 10.9.0.2/32'), 'no interface of WireGuard');
  });
