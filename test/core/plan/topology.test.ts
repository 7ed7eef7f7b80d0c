import t from 'tap';
import { planTopology } from '../../../src/core/plan/topology.ts';

const end = (node: string, link: string, ...addresses: string[]) => ({ node, link, addresses, master: null });
const node = (name: string) => ({
  ...{ name, kind: 'host' as const, title: null, service: null },
  ...{ sysctls: {}, routes: [], run: [] },
});

t.test('MTUs of cables, and tunnels, are set before their links are switched on', async (t) => {
  const actions = planTopology({
    nodes: [node('a'), node('b')],
    bridges: [],
    links: [{ ends: [end('a', 'eth0', '10.0.0.1/24'), end('b', 'eth0')], mtu: 1400 }],
    tunnels: [
      {
        ...{ end: end('a', 'vx0', '10.5.0.1/24'), id: 42, remote: '10.0.0.2' },
        ...{ local: '10.0.0.1', dstport: 4789, mtu: 1350 },
      },
    ],
  });
  const linesOn = (name: string) =>
    actions.flatMap((action) => (action.kind === 'ip' && action.on === name ? action.lines : []));
  t.strictSame(linesOn('a'), [
    'link set dev eth0 mtu 1400',
    'address add 10.0.0.1/24 dev eth0',
    'link set dev eth0 up',
    'link add name vx0 type vxlan id 42 remote 10.0.0.2 local 10.0.0.1 dstport 4789',
    'link set dev vx0 mtu 1350',
    'address add 10.5.0.1/24 dev vx0',
    'link set dev vx0 up',
  ]);
  t.strictSame(linesOn('b'), ['link set dev eth0 mtu 1400', 'link set dev eth0 up']);
});
