import t from 'tap';
import { cure } from '../../../src/core/explain/explain.ts';
import { ask } from '../../support/judged.ts';
import { World } from '../../support/namespaces.ts';

t.test('a tunnel that has to be made again keeps all that goes with it', async (t) => {
  const entry = { dev: 'vx', master: null, vlan: null, state: 'permanent' };
  const world = new World({
    a: {
      links: {
        eth0: { peer: 'b:eth0', addresses: ['10.0.1.2/24'] },
        vx: {
          ...{ kind: 'vxlan', mtu: 1400, addresses: ['10.9.0.1/24'], parent: 'eth0' },
          details: { id: '7', remote: '10.0.1.1', dstport: '4789', learning: 'false' },
        },
      },
      routes: ['10.8.0.0/16 via 10.9.0.2 dev vx'],
      fdb: [
        { ...entry, mac: '00:00:00:00:00:00', dst: '10.0.1.1' },
        { ...entry, mac: '00:00:00:00:00:00', dst: '10.0.1.3' },
      ],
    },
    b: { links: { eth0: { addresses: ['10.0.1.1/24'] } } },
  });
  const verdict = ask(world, 'link', { on: 'a', name: 'vx', absent: false, tunnel: { id: 8 } });
  t.match(verdict, { status: 'fail', reason: 'wrong-entry', observed: 'id 7' });
  t.strictSame(
    cure(verdict).map(({ run }) => run.replace('ip netns exec a ', '')),
    [
      'ip link del dev vx',
      'ip link add name vx type vxlan id 8 remote 10.0.1.1 dstport 4789 nolearning dev eth0',
      'ip addr add 10.9.0.1/24 dev vx',
      'ip link set dev vx mtu 1400',
      'ip link set dev vx up',
      'bridge fdb append 00:00:00:00:00:00 dev vx dst 10.0.1.3',
      'ip route add 10.8.0.0/16 via 10.9.0.2 dev vx',
    ],
  );
});
