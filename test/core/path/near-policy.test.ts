import t from 'tap';
import { nearPolicy } from '../../../src/core/path/model/near-policy.ts';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { keyTo } from '../../../src/core/path/model/policy.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import type { PolicyRule } from '../../../src/core/state/observation.ts';
import { observe, policy } from '../../support/observation.ts';

const ping: Packet = { from: 'cli', to: '10.2.0.2', protocol: 'icmp', port: null };
const reply = { ...keyTo('10.3.0.2'), from: '10.2.0.2' };

/** cli - w2 - srv - w1: the server's replies go to w1, which does not know the client, but for a rule with these conditions. */
function world(conditions: Partial<PolicyRule>) {
  const action = { kind: 'table', table: '2', suppressPrefix: null } as const;
  const routers = { sysctls: { 'net.ipv4.ip_forward': '1' } };
  const observation = observe({
    srv: {
      links: {
        eth0: { peer: 'w1:eth0', addresses: ['10.1.0.2/24'] },
        eth1: { peer: 'w2:eth0', addresses: ['10.2.0.2/24'] },
      },
      routes: ['default via 10.1.0.1'],
      policies: [policy({ priority: 100, action, text: '100: from all lookup 2', ...conditions })],
    },
    w1: { ...routers, links: { eth0: { addresses: ['10.1.0.1/24'] } } },
    w2: {
      ...routers,
      links: { eth0: { addresses: ['10.2.0.1/24'] }, eth1: { peer: 'cli:eth0', addresses: ['10.3.0.1/24'] } },
    },
    cli: { links: { eth0: { addresses: ['10.3.0.2/24'] } }, routes: ['default via 10.3.0.1'] },
  });
  const { routes = [] } = observation.nodes.srv ?? {};
  const [main] = routes.filter(({ destination }) => destination === 'default');
  if (main !== undefined) routes.push({ ...main, table: '2', dev: 'eth1', via: '10.2.0.1', text: 'by w2' });
  return observation;
}

t.test('a rule of the routing policy that a reply misses by one condition', async (t) => {
  const mark = { value: 2, mask: 0xff };
  for (const [conditions, condition] of [
    [{ mark }, 'fwmark 0x2/0xff'],
    [{ from: '10.2.0.20/32' }, 'from 10.2.0.20/32'],
    [{ iif: 'eth1' }, 'iif eth1'],
    [{ tos: 16 }, 'tos 0x10'],
  ] as const) {
    const observation = world(conditions);
    t.match(firstTrouble(walk(observation, ping)), { kind: 'lost' });
    t.match(nearPolicy(observation, ping, 'srv', reply), {
      condition,
      route: 'by w2',
      mark: 'mark' in conditions,
    });
  }
});

t.test(
  'none where two conditions miss, where the rule is met, or where its table would not help',
  async (t) => {
    const two = world({ from: '10.2.0.20/32', iif: 'eth1' });
    t.equal(nearPolicy(two, ping, 'srv', reply), null);
    t.equal(firstTrouble(walk(world({ from: '10.2.0.2/32' }), ping)), null);
    t.equal(nearPolicy(world({ from: '10.2.0.2/32' }), ping, 'srv', reply), null);
    const vain = world({ from: '10.2.0.20/32' });
    const { routes = [] } = vain.nodes.srv ?? {};
    for (const route of routes)
      if (route.table === '2') Object.assign(route, { dev: 'eth0', via: '10.1.0.1' });
    t.equal(nearPolicy(vain, ping, 'srv', reply), null);
  },
);
