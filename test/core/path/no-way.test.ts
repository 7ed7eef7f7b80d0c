import t from 'tap';
import { missingRoute } from '../../../src/core/path/model/missing-route.ts';
import { observe, type Spec } from '../../support/observation.ts';

/** a, a router r, and b behind it. */
const wire: Spec = {
  a: { links: { eth0: { peer: 'r:ra', addresses: ['10.0.1.2/24'] } } },
  r: {
    links: { ra: { addresses: ['10.0.1.1/24', 'fd00:1::1/64'] }, rb: { addresses: ['10.0.2.1/24'] } },
    sysctls: { 'net.ipv4.ip_forward': '1' },
  },
  b: { links: { eth0: { peer: 'r:rb', addresses: ['10.0.2.2/24'] } } },
};
const found = (own: Spec[string], to = '10.0.2.2') => {
  const observation = observe({ ...wire, a: own });
  const state = observation.nodes.a;
  if (state === undefined) throw new Error('a');
  return missingRoute(observation, 'a', state, to);
};
const a = wire.a ?? {};

t.test('a route of the type throw ends the search, where another route would do', async (t) => {
  const routes = ['default via 10.0.1.1 dev eth0', 'throw 10.0.2.2'];
  t.match(found({ ...a, routes }), { reason: 'no-route', values: { thrown: 'throw 10.0.2.2/32' } });
  t.equal(found({ ...a, routes: ['throw 10.0.2.2'] }).values.thrown, undefined);
});

t.test('the interface that leads to a router is down', async (t) => {
  const links = { ...a.links, eth1: { kind: 'dummy', addresses: ['10.0.9.1/24'] } };
  const down = { links: { ...links, eth0: { ...a.links?.eth0, up: false } } };
  t.match(found(down), { reason: 'no-route', values: { idle: 'eth0', idleGateway: '10.0.1.1' } });
  t.equal(found({ links }).values.idle, undefined);
});

t.test('an address in a network that no other node on the wire is in', async (t) => {
  const at = (...addresses: string[]) => found({ links: { eth0: { ...a.links?.eth0, addresses } } }).values;
  t.match(at('10.0.77.2/24'), { strange: '10.0.77.2/24', fitting: '10.0.1.2/24', strangeLink: 'eth0' });
  t.equal(at('10.0.1.2/24').strange, undefined);
  t.equal(at('10.0.77.2/24', '10.0.1.2/24').strange, undefined, 'one of them fits');
  t.equal(at('10.0.77.1/24').strange, undefined, 'the address is taken');
});

t.test('no IPv6 below its least MTU, and an address on the loopback', async (t) => {
  const tight = found({ links: { eth0: { ...a.links?.eth0, mtu: 700 } } }, 'fd00:1::1');
  t.match(tight, { reason: 'no-address', values: { tight: 'eth0', tightMtu: '700', wider: '1280' } });
  t.equal(found(a, 'fd00:1::1').values.tight, undefined);
  const moved = observe({ ...wire, a: { links: { eth0: { peer: 'r:ra' } } } });
  const state = moved.nodes.a;
  if (state === undefined) throw new Error('a');
  const own = { family: 'ipv4', address: '10.0.1.2', prefix: 24, scope: 'global' } as const;
  const links = state.links.map((one) => (one.kind === 'loopback' ? { ...one, addresses: [own] } : one));
  const nodes = { ...moved.nodes, a: { ...state, links } };
  t.match(missingRoute({ nodes }, 'a', { ...state, links }, '10.0.2.2'), {
    ...{ reason: 'no-address', values: { onLo: '10.0.1.2/24', lo: 'lo', link: 'eth0' } },
  });
});
