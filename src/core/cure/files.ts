import type { Line } from '../lab/lab.ts';
import type { ProbeOutcome } from '../probe/probe.ts';

/** A file that was read, after `echo 'LINE' >> FILE` and `sed -i 's/OLD/NEW/' FILE`; as it was where a line is another. */
export function editFile(outcome: ProbeOutcome | null, lines: readonly Line[]): ProbeOutcome | null {
  if (outcome?.names === undefined) return outcome;
  const text = lines.reduce((now, { run }) => edited(now, run), outcome.names.text ?? '');
  return { ...outcome, names: { ...outcome.names, text } };
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
