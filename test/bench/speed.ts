/**
 * How fast hoplab is: every figure beside another one of the same run (`sudo scripts/bench --help`). The rows are
 * those of a table in Markdown (README.md here).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';
import type { Lab } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { ReadyMachines } from '../../src/kernel/machine/ready-machines.ts';
import { Library } from '../../src/library/library.ts';
import { checkRows } from './speed/checks.ts';
import { answerRows, daemonRows, sessionRows } from './speed/daemon-rows.ts';
import { print, type Row } from './speed/figures.ts';
import { observationRows, pingRow } from './speed/observation.ts';
import { pageRows } from './speed/page.ts';
import { pairsRow } from './speed/pairs.ts';
import { readyRows, thousandRow } from './speed/ready.ts';
import { star } from './speed/star.ts';
import { restRows, turnRows } from './speed/turns.ts';
import { typingRows } from './speed/typing.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    most: { type: 'string', default: '1000' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const most = values.short ? 20 : Number(values.most);
const rounds = values.short ? 1 : 5;
let made = 0;

/** What the parts make their machines with. */
interface Place {
  machines: KernelMachines;
  lab: Lab;
  make(size?: Lab['machine']): ReturnType<KernelMachines['create']>;
  large(): ReturnType<KernelMachines['create']>;
}

async function networkRows(hosts: number, { large }: Place): Promise<Row[]> {
  const machine = await large();
  await machine.perform(planTopology(star(hosts, 250)));
  const rows = await observationRows(machine, hosts, hosts > 100 ? 3 : rounds);
  if (hosts === Math.min(100, most)) rows.push(await pingRow(machine, hosts, rounds));
  if (hosts <= 100) rows.push(await pairsRow(machine, hosts, 1));
  await machine.destroy();
  return rows;
}

const parts: Record<string, (place: Place) => Promise<Row[]>> = {
  checks: ({ make, lab }) => checkRows(make, lab, rounds),
  answers: () => answerRows(rounds),
  ...Object.fromEntries(
    [5, 20, 100, 300, 1000]
      .filter((hosts) => hosts <= most && (hosts !== 20 || most < 100))
      .map((hosts) => [`network${hosts}`, (place: Place) => networkRows(hosts, place)]),
  ),
  ready: ({ large }) => readyRows(large, Math.min(100, most), Math.min(3, rounds)),
  thousand: async ({ large }) => (most < 1000 ? [] : [await thousandRow(large, most)]),
  turns: ({ machines, lab }) => turnRows(new ReadyMachines(machines), lab, rounds),
  rest: ({ machines }) => restRows(machines, Math.min(100, most)),
  page: () => pageRows(rounds),
  typing: () => typingRows(rounds),
  daemon: () => daemonRows(Math.min(3, rounds)),
  sessions: () => sessionRows(rounds, values.short ? [5] : [20, 100]),
};
if (values.help) {
  console.log(`Usage: sudo scripts/bench [options]
  --short         one round, and networks of at most 20 hosts
  --most HOSTS    networks of at most so many hosts (1000)
  --only PART,... these parts, in the order below:
                  ${Object.keys(parts).join(', ')}
The rows are those of a table in Markdown; test/bench/README.md has them filled.`);
  process.exit();
}
const only = values.only?.split(',') ?? Object.keys(parts);
const unknown = only.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`error: no part ${unknown.join(', ')}; expected ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get('network-namespaces');
const make: Place['make'] = (size = lab.machine) => {
  made += 1;
  return machines.create(`bench${made}`, size);
};
const place: Place = { machines, lab, make, large: () => make({ root: 64, memory: 2048 }) };
const load = () => loadavg()[0]?.toFixed(1) ?? '';
const begun = performance.now();
console.log(`Linux ${release()}, ${cpus().length} processors, load ${load()} at the start\n`);
console.log('| what | figure | beside it | ratio | goal |\n|---|---|---|---|---|');
let unmeasured = 0;
for (const [name, measure] of Object.entries(parts)) {
  if (!only.includes(name)) continue;
  const rows = await measure(place).catch((error: Error) => {
    unmeasured += 1;
    return [{ what: name, why: error.message.split('\n')[0] ?? '' }];
  });
  for (const row of rows) print(row);
}
rmSync(root, { recursive: true });
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`\n${seconds} s, load ${load()} at the end`);
process.exitCode = unmeasured === 0 ? 0 : 1;
