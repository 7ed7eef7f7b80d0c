import { execFileSync } from 'node:child_process';
import { setTimeout as later } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { strays, vmInventory } from '../support/vm.ts';
import { attempt, end, parts } from './parts.ts';
import { soak } from './soak.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '600' },
    sessions: { type: 'string', default: '100' },
    pause: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const seconds = Number(values.seconds);
const all = [...parts, [soak(Number(values.sessions), Number(values.pause)), Infinity]] as const;
if (values.help) {
  process.stdout.write(`Usage: sudo scripts/torture [options] [PART ...]
  --seed N        of the random numbers; a part's line names it, to repeat the part alone (by the clock)
  --seconds S     at most for each part (600)
  --sessions N    clients of the part soak (100)
  --pause S       seconds that each of them waits between two turns, 0.5 to 1.5 times as long by chance (0)
Parts, and how many attempts each has at most; without a name all but soak, which lasts as long as --seconds:
${all.map(([{ name }, whole]) => `  ${name.padEnd(15)} ${whole === Infinity ? '' : whole}`.trimEnd()).join('\n')}
`);
  process.exit();
}
const unknown = positionals.filter((name) => !all.some(([part]) => part.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown}; there are ${all.map(([part]) => part.name).join(', ')}\n`);
  process.exit(2);
}
const print = (line: string) => process.stdout.write(`${line}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
// The first `ip netns add` here makes /run/netns a shared mount, for good (ip-netns(8)): that is no part's doing.
execFileSync('ip', ['netns', 'add', `hoplab-torture-${process.pid}`]);
execFileSync('ip', ['netns', 'delete', `hoplab-torture-${process.pid}`]);
const before = vmInventory();
let failed = 0;
for (const [part, whole] of all) {
  // The soak only when it is asked for: it takes as long as it is given.
  if (positionals.length > 0 ? !positionals.includes(part.name) : part.name === 'soak') continue;
  const { tried, failures, notes } = await attempt(part, seed, whole, seconds);
  failed += failures.length;
  print(`${part.name}: ${tried} tried, ${failures.length} failed (--seed ${seed} ${part.name})`);
  for (const line of notes) print(`  ${line}`);
  for (const line of failures) print(`  FAILED ${line}`);
}
const after = vmInventory();
const changes = Object.keys(before).filter((key) => before[key] !== after[key]);
print(
  `inventory of the VM (${Object.keys(before).join(', ')}): ${changes.length === 0 ? 'as before' : `changed: ${changes}`}`,
);
for (const key of changes) {
  const [old, now] = [before, after].map((all) => (all[key] ?? '').split('\n'));
  for (const line of old?.filter((each) => !now?.includes(each)) ?? []) print(`  - ${line}`);
  for (const line of now?.filter((each) => !old?.includes(each)) ?? []) print(`  + ${line}`);
}
// A machine that is being made looks like one for a moment.
const first = strays();
await later(2000);
const left = strays().filter((line) => first.includes(line));
for (const line of left) print(`left behind: ${line}`);
process.exit(failed + changes.length + left.length === 0 ? 0 : 1);
