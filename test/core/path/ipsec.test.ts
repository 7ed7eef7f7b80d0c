import t from 'tap';
import { helps } from '../../../src/core/cure/proof.ts';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import type { Ipsec, IpsecPolicy, IpsecTemplate } from '../../../src/core/state/observation.ts';
import { type NodeSpec, observe, type Spec } from '../../support/observation.ts';

const ping: Packet = { from: 'a', to: '10.0.2.2', protocol: 'icmp', port: null };
const esp: IpsecTemplate = {
  ...{ protocol: 'esp', mode: 'transport', source: '10.0.1.2', destination: '10.0.2.2', request: 0 },
};

/** a - r - b. */
function world(node: 'a' | 'r' | 'b', ipsec: Ipsec, more: Partial<Record<'a' | 'r' | 'b', Ipsec>> = {}) {
  const end = (name: 'a' | 'b', own: number): NodeSpec => ({
    links: { eth0: { peer: `r:e${own}`, addresses: [`10.0.${own}.2/24`] } },
    routes: [`default via 10.0.${own}.1`],
    ...given(name),
  });
  const given = (name: 'a' | 'r' | 'b') => {
    const own = name === node ? ipsec : more[name];
    return own === undefined ? {} : { ipsec: own };
  };
  const addresses = (own: number) => ({ addresses: [`10.0.${own}.1/24`] });
  const spec: Spec = {
    ...{ a: end('a', 1), b: end('b', 2) },
    r: {
      links: { e1: addresses(1), e2: addresses(2) },
      sysctls: { 'net.ipv4.ip_forward': '1' },
      ...given('r'),
    },
  };
  return observe(spec);
}

function policy(direction: IpsecPolicy['direction'], given: Partial<IpsecPolicy> = {}): IpsecPolicy {
  const { source = '10.0.1.0/24', destination = '10.0.2.0/24' } = given;
  return {
    ...{ direction, source, destination, protocol: null, sourcePort: null, destinationPort: null },
    ...{ priority: 0, action: 'block', templates: [], other: false },
    text: `src ${source} dst ${destination} dir ${direction}`,
    ...given,
  };
}

const only = (...policies: IpsecPolicy[]): Ipsec => ({ policies, states: [] });
const all = { source: '0.0.0.0/0', destination: '0.0.0.0/0' };

t.test('the policy of IPsec that decides, at the node that asks it', async (t) => {
  const ends: [title: string, observation: ReturnType<typeof observe>, end: string][] = [
    ['out of the sender', world('a', only(policy('out'))), 'a blocked'],
    ['through the router', world('r', only(policy('fwd'))), 'r blocked'],
    ['out of the router', world('r', only(policy('out'))), 'r blocked'],
    ['into the receiver', world('b', only(policy('in'))), 'b blocked'],
    [
      'the reply',
      world('b', only(policy('out', { source: '10.0.2.2/32', destination: '0.0.0.0/0' }))),
      'b blocked',
    ],
    ['not into a router', world('r', only(policy('in'))), 'delivered'],
    ['another source', world('a', only(policy('out', { source: '10.9.0.0/16' }))), 'delivered'],
    ['another protocol', world('a', only(policy('out', { protocol: 'tcp' }))), 'delivered'],
    [
      'of the other family',
      world('a', only(policy('out', { source: '::/0', destination: '::/0' }))),
      'delivered',
    ],
    [
      'one of a smaller priority allows',
      world('a', only(policy('out', { priority: 9, ...all }), policy('out', { action: 'allow' }))),
      'delivered',
    ],
    ['no state', world('a', only(policy('out', { action: 'allow', templates: [esp] }))), 'a missingState'],
    [
      'a state',
      world('a', { policies: [policy('out', { action: 'allow', templates: [esp] })], states: [esp] }),
      'delivered',
    ],
    [
      'a state with another peer',
      world('a', {
        policies: [policy('out', { action: 'allow', templates: [esp] })],
        states: [{ ...esp, destination: '10.0.2.9' }],
      }),
      'a missingState',
    ],
    ['in the clear', world('b', only(policy('in', { action: 'allow', templates: [esp] }))), 'b wrapping'],
    [
      'in the clear is allowed',
      world('b', only(policy('in', { action: 'allow', templates: [{ ...esp, optional: true }] }))),
      'delivered',
    ],
  ];
  for (const [title, observation, end] of ends) {
    const trouble = firstTrouble(walk(observation, ping));
    const values = trouble?.kind === 'lost' ? trouble.values : {};
    const which = ['blocked', 'missingState', 'wrapping'].find((one) => values[one] !== undefined);
    const found = trouble?.kind === 'lost' ? `${trouble.node} ${which}` : (trouble?.kind ?? 'delivered');
    t.equal(found, end, title);
    t.match(trouble, trouble === null ? null : { reason: 'ipsec-refuses' }, title);
  }
});

t.test('its cure deletes that policy and no other', async (t) => {
  const observation = world('a', only(policy('out'), policy('in', all)));
  const run = 'ip -n a xfrm policy delete src 10.0.1.0/24 dst 10.0.2.0/24 dir out';
  const trouble = { packet: ping, reason: 'ipsec-refuses', node: 'a', values: {} } as const;
  t.equal(helps(observation, trouble, [{ on: 'host', run }]), true);
  t.equal(helps(observation, trouble, [{ on: 'host', run: run.replace('out', 'fwd') }]), false);
});
