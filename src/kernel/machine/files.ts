import { pipeline } from 'node:stream/promises';
import { HoplabError } from '../../core/errors.ts';
import { startEngine, stopEngine } from '../engine/engine.ts';
import { startCluster, stopCluster } from '../engine/kubernetes.ts';
import { keep } from '../exec/bounded-output.ts';
import { interruptible } from '../exec/interrupt.ts';
import { run } from '../exec/run.ts';
import { start } from '../exec/start.ts';
import { intoMachine, intoNode, nodesOf } from '../place/enter.ts';
import { nodesDirectory } from '../place/layout.ts';

/** The directories that last: the disk. /run and /tmp are empty after a start; all machines share /usr. */
const lasting = ['etc', 'root', 'home', 'var', `${nodesDirectory.slice(1)}/*/etc`];

/** Milliseconds for a tmpfs of 64 MiB at most. */
const longest = 30_000;

/**
 * Leaves out everything that is mounted below: an overlay that a container runs on would be copied whole. Holes stay
 * holes. Names of users would be looked up as the learner's nsswitch.conf says, which may be a FIFO.
 */
const pack = `cd / && exec tar --sparse --numeric-owner --one-file-system --ignore-failed-read --warning=none -cf - $(ls -d ${lasting.join(' ')} 2>/dev/null)`;
/** Files that were deleted before are missing afterwards as well. */
const unpack = `cd / && for each in ${lasting.join(' ')}; do find "$each" -mindepth 1 -delete; done; exec tar --numeric-owner -xf -`;

/**
 * The second machine gets the files of the first, packed and unpacked inside, so that neither's paths mean
 * anything out here; then counts one start more.
 */
export async function copyFiles(from: number, to: number): Promise<void> {
  // The first one is a learner's: leaving it does not wait for its files either.
  const boots = await interruptible(from, async () => {
    const [engine, cluster] = await Promise.all([stopEngine(to), stopCluster(to)]);
    await transfer(from, to);
    if (engine) await startEngine(to);
    if (cluster !== null) await startCluster(to, cluster);
    return bootsOf(from);
  });
  const counted = await run(intoMachine(to, ['sh', '-c', 'expr "$1" + 1 >/run/boots', 'sh', boots]));
  if (counted.exitCode !== 0)
    throw new HoplabError('action-failed', 'the start was not counted', { output: counted.stderr });
}

async function transfer(from: number, to: number): Promise<void> {
  const source = start(intoMachine(from, ['sh', '-c', pack]));
  const target = start(intoMachine(to, ['sh', '-c', unpack]));
  source.stdin.end();
  const errors = [keep(source.stderr, 4096), keep(target.stderr, 4096)];
  target.stdout.resume();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void Promise.all([source.stop(), target.stop()]);
  }, longest);
  try {
    await Promise.all([pipeline(source.stdout, target.stdin).catch(() => {}), source.ended, target.ended]);
    const { exitCode } = await target.ended;
    // tar's 1: a file changed while it was read. The machine before goes on running.
    const packed = (await source.ended).exitCode;
    if (exitCode !== 0 || packed === null || packed > 1)
      throw new HoplabError('action-failed', transferFailure(late), {
        output: errors.map(({ text }) => text),
      });
  } finally {
    clearTimeout(timer);
  }
}

function transferFailure(late: boolean): string {
  const why = late ? ` within ${longest / 1000} s` : '';
  return `the files of /etc, /root, /home and /var could not be taken over${why}`;
}

/** As at every start: each host reads its own files; a key that is not there, or not its own to set, is passed over. */
export async function applySysctlFiles(pid: number): Promise<void> {
  const read =
    'for file in /etc/sysctl.d/*.conf /etc/sysctl.conf; do [ ! -f "$file" ] || sysctl -q -e -p "$file"; done';
  const until = performance.now() + longest;
  for (const place of await nodesOf(pid)) {
    const timeout = until - performance.now();
    if (place.kind === 'netns' || timeout < 0) continue;
    await run(intoMachine(pid, intoNode(place, ['sh', '-c', read])), { timeout });
  }
}

async function bootsOf(pid: number): Promise<string> {
  const { stdout } = await run(intoMachine(pid, ['cat', '/run/boots']));
  return /^\d{1,6}$/.test(stdout.trim()) ? stdout.trim() : '1';
}
