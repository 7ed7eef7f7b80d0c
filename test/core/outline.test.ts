import { join } from 'node:path';
import t from 'tap';
import { outlineOf } from '../../src/core/lab/outline.ts';
import { Library } from '../../src/library/library.ts';

t.test('the outline of each lab has its nodes, and every cable two of them', async (t) => {
  const library = await Library.read([join(import.meta.dirname, '../../labs')]);
  for (const lab of library.list()) {
    const { places, cables } = outlineOf(lab);
    const names = places.map(({ name }) => name);
    // A node that only holds bridges is not drawn, whoever makes them.
    const solutions = lab.steps.flatMap(({ solution }) => solution);
    const holds = (node: string) =>
      lab.topology.bridges.some((bridge) => bridge.node === node) ||
      solutions.some(({ on, run }) => on === node && run.includes('type bridge'));
    t.same(
      lab.topology.nodes.filter(({ name }) => !names.includes(name) && !holds(name)),
      [],
      lab.id,
    );
    t.ok(
      cables.every((ends) => ends.every((end) => places[end] !== undefined)),
      lab.id,
    );
    const seats = new Set(places.map(({ column, row }) => `${column} ${row}`));
    t.equal(seats.size, places.length, `${lab.id}: no two in one place`);
  }
  const lab = library.list().find(({ id }) => id === 'network-namespaces');
  const { places, cables } = outlineOf(
    lab ?? { topology: { nodes: [], bridges: [], links: [] }, steps: [], view: {} },
  );
  const joined = cables.map((ends) => ends.map((end) => places[end]?.name).join());
  t.ok(joined.includes('lan,br-lan') && joined.includes('red,v-net-0'), joined.join(' '));
});
