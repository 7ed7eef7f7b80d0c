import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { runAll } from '../support/topology/run-all.ts';
import type { CaseResult } from '../support/topology/run-topology.ts';
import { wayOf } from '../support/way.ts';

/**
 * The comparison of test/kernel/trace/random.test.ts over as many seeds as are asked for, a case being one probe in one
 * network: `node test/bench/traced-topologies.ts --first 1 --count 100 --probes 30 --seconds 400 --record FILE`. Ends
 * early after so many seconds. Networks that were done are lines of the file, and are left out the next time; without
 * `--count` it only adds up what the file has. Exit code 1 when any case does not agree.
 */
const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '0' },
    probes: { type: 'string', default: '10' },
    machines: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '86400' },
    record: { type: 'string', default: '/dev/null' },
  },
});

/** The results of a network's cases. */
interface Done {
  seed: number;
  cases: number;
  disagree: string[];
  /** Differences that have a name: how many cases have them. */
  named: Record<string, number>;
  ends: Record<string, number>;
  probes: Record<string, number>;
}

const records = existsSync(values.record) ? readFileSync(values.record, 'utf8') : '';
const done: Done[] = records.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
let stopped = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stopped = true;
  });
const enough = () => stopped || seconds() >= Number(values.seconds);
let broken = 0;
const total = (of: (one: Done) => number) => done.reduce((sum, one) => sum + of(one), 0);
const summary = () =>
  `${total(({ cases }) => cases)} cases in ${done.length} networks, ${total(({ disagree }) => disagree.length)} disagree; ${broken} networks could not be run; ${seconds()} s`;
const count = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const open = new Map<number, Done>();
function recordCase({ seed, number, request, path, problems, late }: CaseResult): void {
  const one = open.get(seed) ?? { seed, cases: 0, disagree: [], named: {}, ends: {}, probes: {} };
  open.set(seed, one);
  one.cases += 1;
  count(one.ends, `${path.end.kind} ${path.end.reason ?? ''}`.trim());
  count(one.probes, `${request.probe.kind} ${request.to.includes(':') ? 'IPv6' : 'IPv4'}`);
  const { from, to, probe } = request;
  const words = `seed ${seed}.${number}: ${from} ${to} ${JSON.stringify(probe)} ${wayOf(path)}`;
  if (path.end.kind !== 'delivered' && path.end.reason === null) console.log(`no reason: ${words}`);
  // Only their ends are compared (run-topology.ts).
  if (path.end.values.renamed !== undefined) count(one.named, 'not followed: NAT gave another identifier');
  if (late.length > 0 && problems.length === 0) {
    count(one.named, 'agreed when asked again');
    console.log(`again: ${words}\n  ${late.join('\n  ')}`);
  }
  if (problems.length > 0) {
    one.disagree.push(words);
    console.log(`${words}\n  ${problems.join('\n  ')}`);
  }
  if (one.cases < Number(values.probes)) return;
  keep(one);
  if (done.length % 10 === 0) console.log(summary());
}

function keep(one: Done): void {
  done.push(one);
  open.delete(one.seed);
  appendFileSync(values.record, `${JSON.stringify(one)}\n`);
}

if (Number(values.count) > 0) {
  const root = mkdtempSync('/run/hoplab-bench-');
  const maker = new KernelMachines(root);
  await maker.adopt();
  const machines = await Promise.all(
    Array.from({ length: Number(values.machines) }, (_, number) => maker.create(`b${number}`)),
  );
  const known = new Set(done.map(({ seed }) => seed));
  try {
    await runAll(
      machines,
      {
        ...{ first: Number(values.first), topologies: Number(values.count), probes: Number(values.probes) },
        ...{ enough, known },
        broke: (seed, error) => {
          broken += 1;
          open.delete(seed);
          console.log(`seed ${seed} could not be run: ${error}`);
        },
      },
      recordCase,
    );
    // Those that the time was over for.
    for (const one of [...open.values()]) keep(one);
  } finally {
    for (const machine of machines) await machine.destroy();
    rmSync(root, { recursive: true });
  }
}
console.log(summary());
for (const part of ['ends', 'probes', 'named'] as const) {
  const all: Record<string, number> = {};
  for (const one of done)
    for (const [key, times] of Object.entries(one[part] ?? {})) all[key] = (all[key] ?? 0) + times;
  console.table(Object.fromEntries(Object.entries(all).sort(([, one], [, other]) => other - one)));
}
process.exitCode = total(({ disagree }) => disagree.length) === 0 && broken === 0 ? 0 : 1;
