import t from 'tap';
import { helps } from '../../../src/core/cure/proof.ts';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { type NodeSpec, observe, type Spec } from '../../support/observation.ts';

const ping: Packet = { from: 'n1', to: '10.9.0.2', protocol: 'icmp', port: null };

/** n1 - r - n2, with a tunnel between n1 and n2 that carries 10.9.0.0/24. */
function world(kind: string, change: (spec: Spec) => void = () => undefined): Spec {
  const end = (own: number, other: number): NodeSpec => ({
    links: {
      eth0: { peer: `r:e${own}`, addresses: [`172.31.${own}.2/24`] },
      tun: {
        ...{ kind, addresses: [`10.9.0.${own}/24`] },
        details: { local: `172.31.${own}.2`, remote: `172.31.${other}.2` },
      },
    },
    routes: [`default via 172.31.${own}.1`],
  });
  const addresses = (own: number) => ({ addresses: [`172.31.${own}.1/24`] });
  const spec: Spec = {
    ...{ n1: end(1, 2), n2: end(2, 1) },
    r: { links: { e1: addresses(1), e2: addresses(2) }, sysctls: { 'net.ipv4.ip_forward': '1' } },
  };
  change(spec);
  return spec;
}

function endOf(spec: Spec): string {
  const trouble = firstTrouble(walk(observe(spec), ping));
  if (trouble === null) return 'delivered';
  return trouble.kind === 'lost' ? `${trouble.reason} ${trouble.node}` : `undecided ${trouble.node}`;
}

const details = (spec: Spec, node: string, changed: Record<string, string>) => {
  const link = spec[node]?.links?.tun;
  if (link !== undefined) link.details = { ...link.details, ...changed };
};

const protocols: [kind: string, name: string][] = [
  ['ipip', '4'],
  ['gre', 'gre'],
  ['sit', '41'],
  ['ip6tnl', '4'],
  ['gretap', 'gre'],
];

for (const [kind, protocol] of protocols) {
  const dropping = (node: string, chain: string, name: string) => (spec: Spec) => {
    const own = spec[node];
    if (own !== undefined) own.rules = { filter: [`:${chain} ACCEPT`, `-A ${chain} -p ${name} -j DROP`] };
  };
  const cases: [title: string, change: (spec: Spec) => void, expected: string][] = [
    ['nothing wrong', () => undefined, 'delivered'],
    ['a rule of the router for its protocol', dropping('r', 'FORWARD', protocol), 'dropped-by-rule r'],
    ['a rule of the other end', dropping('n2', 'INPUT', protocol), 'dropped-by-rule n2'],
    ['a rule for the packets inside', dropping('r', 'FORWARD', 'icmp'), 'delivered'],
    ['a router that does not forward', ({ r }) => delete r?.sysctls, 'forwarding-off r'],
    ['an end without a route to the other', ({ n1 }) => delete n1?.routes, 'no-route n1'],
    ['an end without a route back', ({ n2 }) => delete n2?.routes, 'no-route n2'],
    ['a remote that nobody is', (s) => details(s, 'n1', { remote: '172.31.2.9' }), 'neighbour-silent r'],
    ['a remote that has no tunnel', (s) => details(s, 'n1', { remote: '172.31.2.1' }), 'tunnel-unheard r'],
    ['an end for another one', (s) => details(s, 'n2', { remote: '172.31.1.9' }), 'tunnel-unheard n2'],
    ['an end that is open', (s) => details(s, 'n2', { local: 'any' }), 'delivered'],
    ['another key', (s) => details(s, 'n1', { okey: '0.0.0.7' }), 'tunnel-unheard n2'],
    ['a source that it has not', (s) => details(s, 'n1', { local: '172.31.1.9' }), 'wrong-tunnel-end n1'],
    ['an end that is down', ({ n2 }) => Object.assign(n2?.links?.tun ?? {}, { up: false }), 'link-down n2'],
  ];
  for (const [title, change, expected] of cases)
    t.equal(endOf(world(kind, change)), expected, `${kind}: ${title}`);
}

t.test('the cure of an end for another sender, and of a source that the node has not', async (t) => {
  const cases: [node: string, changed: Record<string, string>, cure: string, vain: string][] = [
    ['n2', { remote: '172.31.1.9' }, 'remote 172.31.1.2', 'remote 172.31.1.8'],
    ['n1', { local: '172.31.1.9' }, 'local 172.31.1.2', 'local 172.31.1.8'],
  ];
  for (const [node, changed, cure, vain] of cases) {
    const state = observe(world('gre', (spec) => details(spec, node, changed)));
    const trouble = firstTrouble(walk(state, ping));
    if (trouble?.kind !== 'lost') throw new Error('not lost');
    const tried = (setting: string) =>
      helps(state, { packet: ping, ...trouble }, [
        { on: 'host', run: `ip -n ${node} link set dev tun type gre ${setting}` },
      ]);
    t.ok(tried(cure), cure);
    t.notOk(tried(vain), vain);
  }
});
