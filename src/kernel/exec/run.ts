import type { Ran } from '../../core/ports.ts';
import { begin } from './begin.ts';
import { keep } from './bounded-output.ts';
import type { Launched } from './launch.ts';

interface RunLimits {
  input?: string;
  /** Milliseconds until the whole process group is killed. */
  timeout?: number;
  /** Milliseconds without any output until the same. */
  silence?: number;
  /** Bytes kept of each stream; a program that writes more is ended. */
  maxOutput?: number;
}

/** A process that left its pipes to a background child is not waited for longer than this once it is silent. */
const graceAfterExit = 200;

/** Nor longer than this where that child goes on writing: all that the process wrote itself has been read by then. */
const longestAfterExit = 2000;

/**
 * Runs argv to its end, which comes whatever its programs do. Never rejects for an exit code or a signal; a program
 * that is not there is exit code 127 with the system's words on stderr, as a shell would say it.
 */
export async function run(argv: readonly string[], limits: RunLimits = {}): Promise<Ran> {
  const started = performance.now();
  const launched = begin(argv, limits.input);
  const most = limits.maxOutput ?? 4 * 1024 * 1024;
  const kept = [launched.stdout, launched.stderr].map((stream) => {
    const one = keep(stream, most, ({ more }) => more && launched.end());
    return one;
  });
  let timedOut = false;
  const tooLong = () => {
    timedOut = true;
    launched.end();
  };
  const timer = setTimeout(tooLong, limits.timeout ?? 30_000);
  const silent = limits.silence === undefined ? null : setTimeout(tooLong, limits.silence);
  for (const stream of [launched.stdout, launched.stderr]) stream.on('data', () => silent?.refresh());
  void launched.exited.then(() => closeWhenQuiet(launched));
  const { exitCode, signal, code } = await launched.over;
  clearTimeout(timer);
  clearTimeout(silent ?? undefined);
  const missing = code === 'ENOENT';
  const [stdout, stderr] = kept;
  return {
    exitCode: missing ? 127 : exitCode,
    signal,
    stdout: stdout?.text ?? '',
    stderr: missing ? `${argv[0]}: command not found\n` : (stderr?.text ?? ''),
    timedOut,
    truncated: kept.some(({ more }) => more),
    milliseconds: performance.now() - started,
  };
}

/**
 * Closes the pipes when nothing has come by them for a while. On a busy machine the time may be over before what
 * the process wrote has been read: it is looked at after the event loop has read whatever there is.
 */
function closeWhenQuiet({ bytesRead, close }: Launched): void {
  const until = performance.now() + longestAfterExit;
  const wait = (before: number) =>
    setTimeout(
      () =>
        setImmediate(() => {
          const now = bytesRead();
          if (now > before && performance.now() < until) wait(now);
          else close();
        }),
      graceAfterExit,
    ).unref();
  wait(bytesRead());
}
