import type { Status } from '../words/status.ts';
import { useWords } from '../words/use-words.ts';

const shapes: Record<Status, string> = {
  pass: 'M3.5 8.5l3 3 6-7',
  fail: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  'not-yet': 'M8 5v3.2l2 1.3',
  blocked: 'M5 8h6',
  'could-not-check': 'M6 6.2a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.1M8 11.4v.1',
  unknown: '',
};

/** How a check stands: a shape and a word; the colour only repeats them. */
export function Mark({ status }: { status: Status }) {
  const { words } = useWords();
  return (
    <svg
      className={`mark mark-${status}`}
      viewBox="0 0 16 16"
      role="img"
      aria-label={words.checks.status[status]}
    >
      <circle cx="8" cy="8" r="7" />
      <path d={shapes[status]} />
    </svg>
  );
}
