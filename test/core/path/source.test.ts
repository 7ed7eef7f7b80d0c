import t from 'tap';
import { sourceFor } from '../../../src/core/path/model/source.ts';
import type { Address, NodeState, Route } from '../../../src/core/state/observation.ts';
import { observe } from '../../support/observation.ts';

type Given = [dev: string, address: string, more?: Partial<Address>];

/** What a node with these addresses sends from, by a route. */
function chosen(given: Given[], route: Partial<Route>, to: string): string | null {
  const links = Object.fromEntries([...new Set(given.map(([dev]) => dev))].map((dev) => [dev, {}]));
  const node = observe({ a: { links } }).nodes.a as NodeState;
  for (const [dev, text, more] of given) {
    const [address = '', prefix = '32'] = text.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    const scope = address.startsWith('fe80') ? 'link' : 'global';
    node.links
      .find(({ name }) => name === dev)
      ?.addresses.push({ family, address, prefix: Number(prefix), scope, ...more });
  }
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const base = { family, table: 'main', type: 'unicast', destination: 'default', via: null, nexthops: [] };
  const whole = { ...base, dev: 'e0', source: null, metric: 0, scope: 'global', protocol: 'boot', text: '' };
  return sourceFor(node, { ...whole, ...route } as Route, to);
}

// Each answer was compared with `ip route get` on Linux 6.18.
t.test(
  'the source of IPv4: the route’s own, the gateway’s network, the first of a wide enough scope',
  async (t) => {
    const two: Given[] = [
      ['e0', '192.168.7.7/24'],
      ['e0', '10.0.1.2/24'],
    ];
    const via = { via: '10.0.1.1' };
    t.equal(chosen(two, { ...via, source: '172.16.0.1' }, '10.9.9.9'), '172.16.0.1');
    t.equal(chosen(two, via, '10.9.9.9'), '10.0.1.2');
    t.equal(chosen(two, { scope: 'link' }, '10.9.9.9'), '192.168.7.7');
    const narrow: Given[] = [
      ['e0', '10.0.1.2/24', { scope: 'link' }],
      ['e1', '172.16.5.5/32'],
    ];
    t.equal(chosen(narrow, via, '10.9.9.9'), '172.16.5.5', 'scope link reaches no gateway');
    t.equal(chosen(narrow, { scope: 'link' }, '10.0.1.9'), '10.0.1.2');
    const later: Given[] = [
      ['e0', '10.0.1.3/24', { secondary: true }],
      ['e0', '10.0.1.2/24'],
    ];
    t.equal(chosen(later, via, '10.9.9.9'), '10.0.1.2', 'never a secondary one');
    t.equal(chosen([['e1', '10.5.0.2/24']], via, '10.9.9.9'), '10.5.0.2', 'of another interface, if need be');
    t.equal(chosen([['e1', '10.5.0.2/24', { scope: 'link' }]], via, '10.9.9.9'), null);
  },
);

t.test('the source of IPv6: RFC 6724, rules 1 to 8', async (t) => {
  const via = { via: 'fd01::1' };
  const old: Given[] = [
    ['e0', 'fd01::2/64', { deprecated: true }],
    ['e0', 'fd99::2/64'],
    ['e0', 'fe80::2/64'],
  ];
  t.equal(chosen(old, via, 'fd02::2'), 'fd99::2', 'none that is deprecated');
  t.equal(chosen(old.slice(0, 1), via, 'fd02::2'), 'fd01::2', 'unless there is no other');
  t.equal(chosen(old, via, 'fe80::9'), 'fe80::2', 'a link-local one to its like');
  const labels: Given[] = [
    ['e0', '2001:db8::2/64'],
    ['e0', 'fd99::2/64'],
  ];
  t.equal(chosen(labels, via, 'fd02::2'), 'fd99::2', 'of one label');
  t.equal(chosen(labels, via, '2001:db8:9::1'), '2001:db8::2');
  const bits: Given[] = [
    ['e0', 'fd01:8::2/64'],
    ['e0', 'fd01:1::2/64'],
    ['e1', 'fd01:2::9/64'],
  ];
  t.equal(chosen(bits, via, 'fd01:3::1'), 'fd01:1::2', 'the most common bits, of the interface it leaves by');
});
