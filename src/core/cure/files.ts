import type { Check } from '../check/check.ts';
import { pathOf, sight } from '../check/kinds/file/entry.ts';
import type { Line } from '../lab/lab.ts';
import type { ProbeOutcome } from '../probe/probe.ts';

/** A file that was read, after `echo 'LINE' >> FILE` and `sed -i 's/OLD/NEW/' FILE`; as it was where a line is another. */
export function editFile(outcome: ProbeOutcome | null, lines: readonly Line[]): ProbeOutcome | null {
  if (outcome?.names === undefined) return outcome;
  const text = lines.reduce((now, { run }) => edited(now, run), outcome.names.text ?? '');
  return { ...outcome, names: { ...outcome.names, text } };
}

/** Whether these lines would write an entry that one of these checks wants to be in no such file of the node. */
export function unwanted(checks: readonly Check[], lines: readonly Line[]): boolean {
  return checks.some(({ kind, args }) => {
    if (kind !== 'file' || !args.absent) return false;
    const written = lines
      .filter(({ on, run }) => on === args.on && run.endsWith(` >> ${pathOf(args)}`))
      .map(({ run }) => run.replace('ADDRESS', args.hosts?.address ?? args.nameserver ?? 'ADDRESS'));
    return sight(args, written.reduce(edited, '')).found !== null;
  });
}

function edited(text: string, run: string): string {
  const added = /^echo '(.*)' >> \S+$/.exec(run)?.[1];
  if (added !== undefined) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${added}\n`;
  const [, pattern, line] = /^sed -i 's\/((?:[^\\/]|\\.)*)\/((?:[^\\/]|\\.)*)\/' \S+$/.exec(run) ?? [];
  if (pattern !== undefined && line !== undefined)
    return text
      .split('\n')
      .map((one) => one.replace(plain(pattern), () => plain(line)))
      .join('\n');
  const gone = /^sed -i '\/((?:[^\\/]|\\.)*)\/d' \S+$/.exec(run)?.[1];
  if (gone === undefined) return text;
  return text
    .split('\n')
    .filter((one) => !one.includes(plain(gone)))
    .join('\n');
}

/** The text that a sed pattern matches, if every special character in it is escaped with a backslash. */
const plain = (pattern: string): string => pattern.replace(/\\(.)/g, '$1');
