import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';

/** Stands behind the last line: output without it was not read by the shell. */
const mark = '@hoplab-end-of-file';
const missing = 3;
/** A shell reads a file without another program that could be broken. */
const printed = `[ ! -d "$1" ] || exit 4
[ -e "$1" ] || { echo ${mark}; exit ${missing}; }
while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done <"$1" && echo ${mark}`;

/** A file as a program on the node reads it: another host's own /etc, a namespace's files from /etc/netns. */
export async function read(pid: number, from: NodePlace, path: string): Promise<ProbeOutcome> {
  const { text, evidence } = await readText(pid, from, path);
  const blank = { by: null, status: null, body: null, sources: [], evidence };
  if (text === undefined) return { ...blank, result: 'tool-failed' };
  return { ...blank, result: 'answer', names: { text } };
}

/** Null where there is no such file, undefined where it could not be read. */
export async function readText(
  pid: number,
  from: NodePlace,
  path: string,
): Promise<{ text: string | null | undefined; evidence: ProbeOutcome['evidence'] }> {
  const ran = await run(intoMachine(pid, intoNode(from, ['sh', '-c', printed, 'sh', path])), {
    timeout: 5000,
  });
  const [text = '', end] = ran.stdout.split(mark);
  const evidence = evidenceOf(from.name, ['cat', path], { ...ran, stdout: text });
  if (end === undefined || end !== '\n') return { text: undefined, evidence };
  return { text: ran.exitCode === missing ? null : text, evidence };
}
