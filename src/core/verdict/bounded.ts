import type { Evidence, Verdict } from './verdict.ts';

/** Lines of an output that are kept, and characters of one of them and of any other word of a verdict. */
const most = { lines: 100, line: 1000, word: 4000 };

/**
 * A verdict has words of the machine's programs, which may be as long as those programs like; it is kept, written and
 * sent to every client.
 */
export function bounded(verdict: Verdict): Verdict {
  const { expected, observed, object, values, evidence } = verdict;
  return {
    ...verdict,
    object: object && cut(object, most.word),
    expected: cut(expected, most.word),
    observed: cut(observed, most.word),
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, cut(value, most.word)] as const),
    ),
    evidence: evidence.map(shortened),
  };
}

const shortened = ({ on, command, output }: Evidence): Evidence => ({
  on,
  command: cut(command, most.word),
  output: boundedOutput(output),
});

/** The beginning of a program's output. */
function boundedOutput(output: string): string {
  const lines = output.split('\n', most.lines + 1);
  const kept = lines.slice(0, most.lines).map((line) => cut(line, most.line));
  if (lines.length > kept.length) kept.push(`... ${output.split('\n').length - kept.length} more lines`);
  return kept.join('\n');
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}...` : text;
