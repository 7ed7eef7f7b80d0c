import t from 'tap';
import { slippedRoute } from '../../../src/core/path/model/slipped-route.ts';
import { observe } from '../../support/observation.ts';

const links = (...addresses: string[]) => ({ eth0: { addresses } });

/** Node c with a route, on one wire with its router; the internet has 8.8.8.8 and 172.217.194.1 for itself. */
function slipped(route: string, network: string, to: string) {
  const { nodes } = observe({
    c: { links: links('192.168.2.10/24', 'fd00:2::10/64'), routes: [route] },
    a: { links: links('192.168.1.10/24') },
    internet: { links: links('172.217.194.1/32') },
  });
  const { c } = nodes;
  return c === undefined ? null : slippedRoute({ nodes }, c, network, to);
}

t.test('a route to one address of the network only', async (t) => {
  const near = ['192.168.1.0/24', '192.168.1.10'] as const;
  for (const own of ['192.168.1.0', '192.168.1.11'])
    t.match(slipped(`${own}/32 via 192.168.2.1`, ...near), { single: `${own}/32 via 192.168.2.1` }, own);
  t.strictSame(slipped('192.168.3.11/32 via 192.168.2.1', ...near), {}, 'of another network');
});

t.test('a route to a misspelt network', async (t) => {
  const near = ['192.168.1.0/24', '192.168.1.10'] as const;
  t.match(slipped('192.168.11.0/24 via 192.168.2.1', ...near), { network: '192.168.1.0/24' });
  const far = ['172.217.194.1/32', '172.217.194.1'] as const;
  t.match(
    slipped('172.217.149.0/24 via 192.168.2.1', ...far),
    { network: '172.217.194.0/24' },
    'by its length',
  );
  t.strictSame(slipped('172.217.149.0/24 via 192.168.2.1', '', '172.217.194.9'), {}, 'that nobody has');
  t.strictSame(slipped('fd00:9::/64 via fd00:2::1', ...far), {}, 'another family');
});
