/**
 * The cost of live verdicts: `node test/bench/live.ts [ROUNDS] [IDLE SECONDS]`, as root.
 * Latency: from a command typed in a terminal to the verdict on the event stream, beside the same command
 * followed by a check requested at once. Idle: CPU time of daemon and watch while a followed session is idle,
 * beside the same session without a follower.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { Following } from '../support/following.ts';
import { liveLab } from '../support/live-lab.ts';

const rounds = Number(process.argv[2] ?? 20);
const seconds = Number(process.argv[3] ?? 60);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
const sessions = await Sessions.open({
  machines,
  labOf: liveLab,
  directory: join(root, 'sessions'),
  limit: 1,
});
const { id } = await sessions.start('live', null);

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A change and its opposite, and the verdict each must bring. */
const changes: { name: string; on: string; lines: [string, string]; verdicts: [string, string] }[] = [
  {
    name: 'state (sysctl)',
    on: 'host',
    lines: ['sysctl -qw net.ipv4.ip_forward=0', 'sysctl -qw net.ipv4.ip_forward=1'],
    verdicts: ['built/sysctl fail wrong-value', 'built/sysctl pass'],
  },
  {
    name: 'probe (rule drops a ping)',
    on: 'far',
    lines: ['iptables -A INPUT -p icmp -j DROP', 'iptables -D INPUT -p icmp -j DROP'],
    verdicts: ['built/reach fail dropped-by-rule', 'built/reach pass'],
  },
];

async function latency(client: Following | null, { on, lines, verdicts }: (typeof changes)[number]) {
  const typist = client ?? new Following(sessions, id);
  if (client === null) typist.stop();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const side of [0, 1] as const) {
      const started = performance.now();
      await typist.type(on, lines[side]);
      if (client === null) await sessions.of(id).check('built');
      else await client.next(verdicts[side]);
      times.push(performance.now() - started);
      await rest(1500);
    }
  }
  return times;
}

/** CPU seconds of this process and of the watch, its only lasting child. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  const children = readdirSync('/proc').map((pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return fields[1] === String(process.pid) ? (Number(fields[11]) + Number(fields[12])) / 100 : 0;
    } catch {
      return 0;
    }
  });
  return (user + system) / 1e6 + children.reduce((sum, each) => sum + each, 0);
}

async function idle(): Promise<number> {
  await rest(5000);
  const before = cpu();
  await rest(seconds * 1000);
  return cpu() - before;
}

const row = (name: string, value: string, baseline: string, ratio: number) =>
  console.log(
    `${name.padEnd(28)} ${value.padStart(10)} ${baseline.padStart(10)} ${ratio.toFixed(2).padStart(6)}`,
  );
console.log('median of', 2 * rounds, '                    live   baseline  ratio');
const alone = await idle();
for (const change of changes) {
  const asked = await latency(null, change);
  const client = new Following(sessions, id);
  // The checks that ran because the client came are over.
  await rest(5000);
  const live = await latency(client, change);
  client.stop();
  const [one, other] = [median(live), median(asked)];
  row(change.name, `${one.toFixed(0)} ms`, `${other.toFixed(0)} ms`, one / other);
  console.log(`  slowest ${Math.max(...live).toFixed(0)} ms`);
}
const client = new Following(sessions, id);
const followed = await idle();
client.stop();
row(
  `CPU, ${seconds} s idle`,
  `${(followed * 1000).toFixed(0)} ms`,
  `${(alone * 1000).toFixed(0)} ms`,
  followed / alone,
);
await sessions.stop(id);
rmSync(root, { recursive: true });
