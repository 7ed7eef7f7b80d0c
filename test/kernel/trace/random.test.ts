import t from 'tap';
import { workplace } from '../../support/machines.ts';
import { runAll } from '../../support/topology/run-all.ts';
import { wayOf } from '../../support/way.ts';

/** Other seeds: `HOPLAB_SEED=N`; thousands of cases: test/bench/traced-topologies.ts. */
const first = Number(process.env.HOPLAB_SEED ?? 1);
const [topologies, probes] = [10, 6];

t.test(
  'random networks: the path is what tcpdump saw on every device, and the rules are those that counted',
  (t) =>
    workplace(t, async ({ make }) => {
      const machines = [await make(), await make()];
      const ends = new Map<string, number>();
      await runAll(machines, { first, topologies, probes }, ({ seed, number, request, path, problems }) => {
        const { from, to, probe } = request;
        t.strictSame(problems, [], `seed ${seed}.${number}: ${from} ${to} ${probe.kind}: ${wayOf(path)}`);
        ends.set(path.end.kind, (ends.get(path.end.kind) ?? 0) + 1);
      });
      const all = [...ends.values()].reduce((sum, count) => sum + count, 0);
      t.equal(all, topologies * probes);
      for (const kind of ['delivered', 'refused', 'dropped', 'answer-lost'])
        t.ok((ends.get(kind) ?? 0) > 0, `some are ${kind}: ${ends.get(kind)}`);
    }),
);
