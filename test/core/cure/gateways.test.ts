import t from 'tap';
import { withGateway } from '../../../src/core/cure/gateways.ts';
import { observe, type Spec } from '../../support/observation.ts';

/** a has two neighbours: r forwards to b, s forwards nothing. */
const wire: Spec = {
  a: { links: { eth0: { peer: 'sw:pa', addresses: ['10.0.1.2/24'] } } },
  sw: {
    links: {
      br: { kind: 'bridge' },
      pa: { peer: 'a:eth0', master: 'br' },
      ps: { peer: 's:eth0', master: 'br' },
      pr: { peer: 'r:ra', master: 'br' },
    },
  },
  s: { links: { eth0: { peer: 'sw:ps', addresses: ['10.0.1.9/24'] } } },
  r: {
    links: {
      ra: { peer: 'sw:pr', addresses: ['10.0.1.1/24'] },
      rb: { peer: 'b:eth0', addresses: ['10.0.2.1/24'] },
    },
    sysctls: { 'net.ipv4.ip_forward': '1' },
  },
  b: {
    links: { eth0: { peer: 'r:rb', addresses: ['10.0.2.2/24'] } },
    routes: ['default via 10.0.2.1 dev eth0'],
  },
};
const ping = { from: 'a', to: '10.0.2.2', protocol: 'icmp', port: null } as const;
const line = { on: 'a', run: 'ip route add 10.0.2.0/24 via GATEWAY', or: false };

t.test('a gateway of the state takes the place of the word, if the packet then arrives', async (t) => {
  t.strictSame(withGateway(observe(wire), ping, [line]), [
    [{ on: 'a', run: 'ip route add 10.0.2.0/24 via 10.0.1.1', or: false }],
  ]);
  t.strictSame(withGateway(observe(wire), ping, [{ ...line, run: 'ip route get 10.0.2.2' }]), []);
});

t.test('nothing is filled in where no neighbour leads there', async (t) => {
  const closed = { ...wire, r: { ...wire.r, sysctls: { 'net.ipv4.ip_forward': '0' } } };
  t.strictSame(withGateway(observe(closed), ping, [line]), []);
  t.strictSame(withGateway(observe(wire), { ...ping, to: '10.0.3.1' }, [line]), []);
});

t.test('a gateway may lead there before the reply has a way back', async (t) => {
  const alone = { ...wire, b: { ...wire.b, routes: [] } };
  t.match(withGateway(observe(alone), ping, [line]), [[{ run: 'ip route add 10.0.2.0/24 via 10.0.1.1' }]]);
});

t.test('a wrong route goes where another leads there, and no node is a router to itself', async (t) => {
  const own = { routes: ['10.0.2.2/32 via 10.0.1.9 dev eth0', 'default via 10.0.1.1 dev eth0'] };
  const wrong = observe({ ...wire, a: { ...wire.a, ...own } });
  const replaced = { ...line, run: 'ip route replace 10.0.2.2/32 via GATEWAY' };
  t.match(withGateway(wrong, ping, [replaced]), [
    [{ run: 'ip route replace 10.0.2.2/32 via 10.0.1.1' }],
    [{ run: 'ip route del 10.0.2.2/32' }],
  ]);
  const near = { ...ping, to: '10.0.1.1' };
  const astray = observe({ ...wire, a: { ...wire.a, routes: ['10.0.1.1/32 via 10.0.1.9 dev eth0'] } });
  const runs = withGateway(astray, near, [{ ...line, run: 'ip route replace 10.0.1.1/32 via GATEWAY' }]);
  t.strictSame(
    runs.map(([first]) => first?.run),
    ['ip route del 10.0.1.1/32', 'ip route replace 10.0.1.1/32 dev eth0'],
  );
});

t.test('a route to a network of the node itself names the interface', async (t) => {
  const routes = ['10.0.1.0/24 via 10.0.2.2 dev eth0'];
  const near = { ...ping, to: '10.0.1.1' };
  const lost = observe({ ...wire, a: { ...wire.a, routes } });
  const state = lost.nodes.a;
  if (state === undefined) throw new Error('a');
  const kept = state.routes.filter(({ protocol }) => protocol !== 'kernel' || state.routes.length === 0);
  const gone = { nodes: { ...lost.nodes, a: { ...state, routes: kept } } };
  const replaced = { ...line, run: 'ip route replace 10.0.1.0/24 via GATEWAY' };
  const runs = withGateway(gone, near, [replaced]).map(([first]) => first?.run);
  t.ok(runs.includes('ip route replace 10.0.1.0/24 dev eth0'), String(runs));
  const wide = withGateway(gone, near, [{ ...line, run: 'ip route replace default via GATEWAY' }]);
  t.notOk(wide.some(([first]) => first?.run === 'ip route replace default dev eth0'));
});

t.test('a gateway that an address of the lines before it reaches', async (t) => {
  const bare = observe({ ...wire, a: { links: { eth0: { peer: 'sw:pa' } } } });
  const lines = [{ ...line, run: 'ip addr add 10.0.1.2/24 dev eth0' }, line];
  t.match(withGateway(bare, ping, lines), [[lines[0], { run: 'ip route add 10.0.2.0/24 via 10.0.1.1' }]]);
});
