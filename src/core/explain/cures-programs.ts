import type { Template } from './template.ts';

/** Cures for processes, their rights and commands; see cures.ts. */
export const programCures = {
  'process-missing': {
    run: ['{exec}unshare --pid --fork --mount-proc sleep infinity & # PID {pid}', '{exec}{program} &'],
  },
  'wrong-user': { run: '{exec}setpriv --reuid {expected} --regid {expected} --clear-groups {program} &' },
  'capability-missing': {
    run: '{exec}setpriv --inh-caps +{expected} --ambient-caps +{expected} {program} &',
  },
  'capability-present': {
    run: '{exec}setpriv --inh-caps -{observed} --bounding-set -{observed} {program} &',
  },
  'not-permitted': { run: ['getpcaps $(pgrep -f "{program}")', 'getpcaps $$'] },
  'wrong-exit': { run: '{exec}{run}' },
  'wrong-output': { run: '{exec}{run}' },
} satisfies Record<string, { run: Template }>;
