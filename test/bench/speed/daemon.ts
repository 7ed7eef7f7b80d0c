import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from '../figures.ts';
import { inTurn, type Row } from './figures.ts';

const hoplab = fileURLToPath(new URL('../../../scripts/hoplab', import.meta.url));
const node = process.execPath;

async function ran(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [file = '', ...rest] = argv;
  const child = spawn(file, rest, { stdio: 'ignore', env });
  const [code] = await once(child, 'exit');
  // 2: no session is running.
  if (code !== 0 && code !== 2) throw new Error(`${argv.join(' ')}: exit code ${code}`);
}

async function answers(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const socket = connect(path);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

/** Proportional set size of one process. */
const memoryOf = (pid: number | undefined) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;

/** The daemon from its start to the first connection, its memory at rest, and `hoplab status` of it. */
export async function daemonRows(rounds: number): Promise<Row[]> {
  const root = mkdtempSync('/run/hoplab-bench-');
  const env = {
    ...process.env,
    ...{ HOPLAB_RUN: join(root, 'run'), HOPLAB_STATE: join(root, 'state'), HOPLAB_LISTEN: '127.0.0.1:0' },
  };
  const starts: number[] = [];
  const memories: number[] = [];
  let status = Number.NaN;
  let [bare, empty] = [Number.NaN, Number.NaN];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const daemon = spawn(hoplab, ['daemon'], { stdio: 'ignore', env });
    while (!(await answers(join(root, 'run', 'hoplab.sock')))) await setTimeout(2);
    starts.push(performance.now() - begun);
    await setTimeout(1000);
    memories.push(memoryOf(daemon.pid));
    if (round === rounds - 1) {
      await ran([hoplab, 'status'], env);
      const times = await inTurn(4 * rounds, {
        status: () => ran([hoplab, 'status'], env),
        bare: () => ran([node, '-e', '0'], env),
      });
      [status, bare] = [times.status, times.bare];
    }
    daemon.kill('SIGTERM');
    await once(daemon, 'exit');
  }
  const idle = spawn(node, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  await setTimeout(500);
  empty = memoryOf(idle.pid);
  idle.kill();
  rmSync(root, { recursive: true });
  return [
    {
      ...{ what: 'daemon, from its start to its socket', figure: median(starts), unit: 'ms' },
      ...{ baseline: '`node -e 0`', beside: bare, goal: 'under 600 ms' },
    },
    {
      ...{ what: 'daemon at rest (Pss)', figure: median(memories), unit: 'MiB' },
      ...{ baseline: 'bare node', beside: empty, goal: '1.2 x its bare libraries' },
    },
    {
      ...{ what: '`hoplab status`, warm', figure: status, unit: 'ms', baseline: '`node -e 0`', beside: bare },
      goal: 'at most 1.5 x',
    },
  ];
}
