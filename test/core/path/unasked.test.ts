import t from 'tap';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { endOf } from '../../../src/core/path/model/tunnel-behind.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { observe, type Spec } from '../../support/observation.ts';

const packet: Packet = { from: 'red', to: '10.0.0.2', protocol: 'icmp', port: null };

/** Why an echo request of red to blue, on one cable, does not come there; null where it does. */
function trouble(sysctls: Record<string, string>, neighbours: string[] = []): string | null {
  const observation = observe({
    red: { links: { eth0: { peer: 'blue:eth0', addresses: ['10.0.0.1/24'] } }, sysctls, neighbours },
    blue: { links: { eth0: { mac: '02:00:00:00:00:0b', addresses: ['10.0.0.2/24'] } } },
  });
  const found = firstTrouble(walk(observation, packet));
  return found?.kind === 'lost' ? `${found.reason} ${found.node} ${found.values.solicitKey}` : null;
}

t.test('a link that asks no question for a MAC address', async (t) => {
  const key = 'net.ipv4.neigh.eth0.mcast_solicit';
  t.equal(trouble({}), null);
  t.equal(trouble({ [key]: '0' }), `question-ignored red ${key}`);
  t.equal(trouble({ 'net.ipv6.neigh.eth0.mcast_solicit': '0' }), null, 'that of IPv6 is another one');
  const known = ['10.0.0.2 eth0 02:00:00:00:00:0b REACHABLE'];
  t.equal(trouble({ [key]: '0' }, known), null, 'an entry that is there is used');
  t.match(trouble({ [key]: '0' }, ['10.0.0.2 eth0 - FAILED']), /^question-ignored/);
});

t.test('the end of a tunnel behind which a MAC address is', async (t) => {
  const end = (local: string) => ({ kind: 'vxlan', details: { id: '7', local }, master: 'lan' });
  const mac = '02:00:00:00:00:99';
  const far: Spec = {
    one: { links: { lan: { kind: 'bridge' }, vx: end('10.0.0.1') } },
    two: {
      links: { lan: { kind: 'bridge' }, vx: end('10.0.0.2'), port: { peer: 'pod:eth0', master: 'lan' } },
    },
    pod: { links: { eth0: { mac, addresses: ['10.9.0.2/24'] } } },
  };
  t.strictSame(endOf(observe(far), mac, '7', 'one'), { node: 'two', address: '10.0.0.2' }, 'in its bridge');
  t.equal(endOf(observe(far), mac, '8', 'one'), null, 'of another number');
  t.equal(
    endOf(observe(far), mac, '7', 'two'),
    null,
    'not the asking one, nor one that reaches it by tunnel',
  );
});
