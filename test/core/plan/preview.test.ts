import t from 'tap';
import { previewOf } from '../../../src/core/plan/preview.ts';

const preview = (...runs: string[]) => previewOf(runs.map((run) => ({ on: 'host', run })));

t.test('namespaces and containers, whatever else a line does', async (t) => {
  t.match(preview('ip netns add red && ip netns add blue; ip netns list'), { nodes: ['red', 'blue'] });
  t.strictSame(preview('docker run -d --name web nginx', 'docker create --name=db postgres').containers, [
    'web',
    'db',
  ]);
  const compose = "cat > compose.yaml <<'END'\nservices:\n  web:\n    container_name: front\nEND";
  t.strictSame(preview(compose).containers, ['front']);
  const pods =
    "cat > pods.yaml <<'END'\nkind: Pod\nmetadata:\n  name: web\n---\nkind: Pod\nmetadata: { name: db }\nEND";
  t.strictSame(preview(pods).containers, ['web', 'db']);
  t.match(preview('for each in a b; do ip netns add $each; done', 'ip netns exec red ip link'), {
    nodes: [],
  });
});

t.test('a pair is where its ends have been moved, with their addresses', async (t) => {
  const plan = preview(
    'ip link add name v-net-0 type bridge',
    'ip link add veth-red type veth peer name veth-red-br',
    'ip link set veth-red netns red; ip link set veth-red-br master v-net-0',
    'ip -n red addr add 192.168.15.1/24 dev veth-red',
  );
  t.strictSame(plan.bridges, [{ node: 'host', name: 'v-net-0' }]);
  t.strictSame(plan.pairs, [
    [
      { node: 'red', name: 'veth-red', master: null },
      { node: 'host', name: 'veth-red-br', master: 'v-net-0' },
    ],
  ]);
  t.strictSame(plan.addresses, [{ node: 'red', name: 'veth-red', address: '192.168.15.1/24' }]);
});
