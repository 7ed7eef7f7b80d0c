import t from 'tap';
import { alike } from '../../../src/core/state/alike.ts';

t.test('two states are alike where they say the same', async (t) => {
  const state = { nodes: { red: { links: [{ name: 'eth0', mtu: 1500, master: null }], rules: '' } } };
  t.ok(alike(state, structuredClone(state)));
  t.ok(alike({ one: 1, other: undefined }, { one: 1 }), 'a field without a value is none');
  t.notOk(alike({ one: undefined }, { other: undefined, more: 1 }));
  for (const other of [
    { nodes: {} },
    { nodes: { red: state.nodes.red, blue: state.nodes.red } },
    { nodes: { red: { links: [], rules: '' } } },
    { nodes: { red: { links: [{ name: 'eth0', mtu: 1500, master: 'br0' }], rules: '' } } },
    { nodes: { red: { links: [{ name: 'eth0', mtu: '1500', master: null }], rules: '' } } },
    null,
  ])
    t.notOk(alike(state, other), JSON.stringify(other));
});

t.test('what both share is not gone through', async (t) => {
  const shared = {
    get field(): never {
      throw new Error('looked at');
    },
  };
  t.ok(alike({ node: shared, changed: [1] }, { node: shared, changed: [1] }));
});
