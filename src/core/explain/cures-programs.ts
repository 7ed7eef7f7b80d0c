import type { Template } from './template.ts';

/** A process keeps its user and its rights: it is started again. */
const again = 'kill {id}\n{exec}{start} &';

/** Cures for processes, their rights and commands; see cures.ts. */
export const programCures = {
  'process-missing': {
    run: [
      '{exec}unshare --pid --fork --mount-proc sleep infinity & # PID {pid}',
      '{exec}{start} &',
      '{exec}{program} &',
    ],
  },
  'wrong-user': { run: again },
  'capability-missing': { run: again },
  'capability-present': { run: again },
  'not-permitted': { run: ['getpcaps $(pgrep -f "{program}")', 'getpcaps $$'] },
  'wrong-exit': { run: '{exec}{run}' },
  'wrong-output': { run: '{exec}{run}' },
} satisfies Record<string, { run: Template }>;
