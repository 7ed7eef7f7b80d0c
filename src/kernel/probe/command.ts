import { runningAs } from '../../core/check/kinds/process/judge.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { run } from '../exec/run.ts';
import { observeProcesses } from '../observe/processes.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';

/** The first and the last line of the shell: if one is missing, no shell has run the command, or not to its end. */
const start = '@hoplab-shell-began\n';
const mark = '@hoplab-shell-ended';
const shell = `printf '${start}' >&2; trap 'echo ${mark} >&2' EXIT; eval "$1"`;
/** Milliseconds until a line counts as one that does not end. */
const patience = 10_000;

/** A command line in a node; with `as`, with user and capabilities of the process that runs there. */
export async function command(
  pid: number,
  on: NodePlace,
  line: string,
  as: string | null,
): Promise<ProbeOutcome> {
  const rights = as === null ? [] : await rightsOf(pid, on.name, as);
  const blank = { by: null, status: null, body: null, sources: [] };
  if (rights === null) {
    const evidence = { on: on.name, command: line, output: '' };
    return { ...blank, result: 'tool-failed', evidence };
  }
  const argv = [...rights, 'bash', '-c', shell, 'bash', line];
  const whole = await run(intoMachine(pid, intoNode(on, argv)), { timeout: patience });
  const [before, begun] = whole.stderr.includes(start)
    ? whole.stderr.split(start, 2)
    : [undefined, whole.stderr];
  const [stderr = '', end] = `${before ?? ''}${begun ?? ''}`.split(mark);
  const ran = { ...whole, stderr };
  const evidence = { ...evidenceOf(on.name, [], ran), command: line };
  // 126 and 127 are the shell's words for a program that cannot be run or is not there. But the kernel may refuse
  // to run one because of the rights: ping's file capability is more than the process may have (execve(2), EPERM).
  const denied = as !== null && ran.exitCode === 126 && /Operation not permitted/.test(ran.stderr);
  const broken =
    end === undefined ||
    ran.timedOut ||
    (ran.exitCode !== null && [126, 127].includes(ran.exitCode) && !denied);
  // The shell ran the line to no end: it waits for something that does not come.
  if (ran.timedOut && end === undefined && before !== undefined) {
    return { ...blank, result: 'silence', evidence };
  }
  if (broken) return { ...blank, result: 'tool-failed', evidence };
  return { ...blank, result: 'answer', status: ran.exitCode, body: `${ran.stdout}${ran.stderr}`, evidence };
}

/**
 * The prefix that gives a command a process's rights. The bounding set keeps root from getting more by its
 * exec, the ambient set keeps another user from losing them by it (capabilities(7)). Null: no such process.
 */
async function rightsOf(pid: number, on: string, as: string): Promise<string[] | null> {
  const [process] = runningAs(await observeProcesses(pid), on, as);
  if (process?.uid === undefined || process.capabilities === undefined) return null;
  const set = ['-all', ...process.capabilities.map((name) => `+${name}`)].join(',');
  const user = [`--reuid=${process.uid}`, `--regid=${process.uid}`, '--clear-groups'];
  return ['setpriv', ...user, `--inh-caps=${set}`, `--ambient-caps=${set}`, `--bounding-set=${set}`, '--'];
}
