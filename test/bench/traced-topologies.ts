import { mkdtempSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { runAll } from '../support/topology/run-all.ts';
import type { CaseResult } from '../support/topology/run-topology.ts';
import { wayOf } from '../support/way.ts';

/**
 * The comparison of test/kernel/trace/random.test.ts over as many seeds as are asked for:
 * `node test/bench/traced-topologies.ts --first 1 --count 100 --probes 10 --seconds 600`. Ends early after so many
 * seconds; exit code 1 when any case does not agree.
 */
const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    probes: { type: 'string', default: '10' },
    machines: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '86400' },
  },
});
const root = mkdtempSync('/run/hoplab-bench-');
const maker = new KernelMachines(root);
await maker.adopt();
const machines = await Promise.all(
  Array.from({ length: Number(values.machines) }, (_, number) => maker.create(`b${number}`)),
);
const [ends, probes] = [new Map<string, number>(), new Map<string, number>()];
const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
let [done, disagreeing, broken] = [0, 0, 0];
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
let stopped = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stopped = true;
  });
const summary = () =>
  `${done} cases in ${seconds()} s, ${disagreeing} disagree, ${broken} topologies could not be run`;
const told = ({ seed, number, request, path, problems }: CaseResult) => {
  done += 1;
  if (done % 100 === 0) console.log(summary());
  count(ends, `${path.end.kind} ${path.end.reason ?? ''}`.trim());
  count(probes, `${request.probe.kind} ${request.to.includes(':') ? 'IPv6' : 'IPv4'}`);
  if (problems.length === 0) return;
  disagreeing += 1;
  const { from, to, probe } = request;
  console.log(`seed ${seed}.${number}: ${from} ${to} ${JSON.stringify(probe)} ${wayOf(path)}`);
  console.log(`  ${problems.join('\n  ')}`);
};
try {
  await runAll(
    machines,
    {
      ...{ first: Number(values.first), topologies: Number(values.count), probes: Number(values.probes) },
      enough: () => stopped || seconds() >= Number(values.seconds),
      broke: (seed, error) => {
        broken += 1;
        console.log(`seed ${seed} could not be run: ${error}`);
      },
    },
    told,
  );
} finally {
  for (const machine of machines) await machine.destroy();
  rmSync(root, { recursive: true });
}
console.log(summary());
for (const map of [ends, probes])
  console.table(Object.fromEntries([...map].sort(([, one], [, other]) => other - one)));
process.exitCode = disagreeing === 0 && broken === 0 ? 0 : 1;
