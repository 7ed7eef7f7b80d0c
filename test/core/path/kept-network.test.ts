import t from 'tap';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { observe, type Spec } from '../../support/observation.ts';

const ping = { from: 'a', to: '10.0.2.2', protocol: 'icmp', port: null } as const;

t.test('an address on the loopback has all of its network there: no reply leaves', async (t) => {
  const spec: Spec = {
    a: { links: { eth0: { peer: 'b:eth0', addresses: ['10.0.2.1/24'] } } },
    b: { links: { eth0: {} } },
  };
  for (const [bits, expected] of [
    [24, { reason: 'no-address', node: 'b', values: { onLo: '10.0.2.2/24', lo: 'lo', link: 'eth0' } }],
    [32, { reason: 'no-address', node: 'b', values: { link: 'eth0' } }],
  ] as const) {
    const observation = observe(spec);
    const { links = [], routes = [] } = observation.nodes.b ?? {};
    const address = { family: 'ipv4', address: '10.0.2.2', prefix: bits, scope: 'global' } as const;
    links.find(({ kind }) => kind === 'loopback')?.addresses.push(address);
    const [local] = observation.nodes.a?.routes.filter(({ type }) => type === 'local') ?? [];
    const own = bits === 24 ? ['10.0.2.2/32', '10.0.2.0/24'] : ['10.0.2.2/32'];
    if (local !== undefined) routes.push(...own.map((destination) => ({ ...local, destination, dev: 'lo' })));
    t.match(firstTrouble(walk(observation, ping)), expected, `/${bits}`);
  }
});

t.test('a macvlan of mode source takes questions of listed MAC addresses only', async (t) => {
  const mac = '02:00:00:00:00:0a';
  const end = (details: Record<string, string>) => {
    const observation = observe({
      a: { links: { eth0: { peer: 'h:v', mac, addresses: ['10.0.2.1/24'] } } },
      h: { links: { v: {} } },
      b: { links: { m: { kind: 'macvlan', addresses: ['10.0.2.2/24'], details } } },
    });
    const upper = observation.nodes.b?.links.find(({ name }) => name === 'm');
    if (upper !== undefined) upper.lower = { node: 'h', link: 'v' };
    return firstTrouble(walk(observation, ping));
  };
  t.match(end({ mode: 'source' }), {
    reason: 'question-ignored',
    node: 'b',
    values: { askerMac: mac, listed: '' },
  });
  t.match(end({ mode: 'source', macaddr: '02:00:00:00:00:77' }), { values: { listed: '02:00:00:00:00:77' } });
  t.equal(end({ mode: 'source', macaddr: `02:00:00:00:00:77,${mac}` }), null);
});
