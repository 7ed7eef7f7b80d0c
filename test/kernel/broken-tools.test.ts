import t from 'tap';
import type { Check } from '../../src/core/check/check.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { checkStep } from '../../src/session/checker.ts';
import { asking, putInOrder, size, without } from '../support/broken-programs.ts';
import { everyCheck, everyKind } from '../support/every-kind.ts';
import { sh, workplace } from '../support/machines.ts';

/** Exit codes that would mean something if the program were whole. */
const meaningful: Record<string, number[]> = { ping: [0, 1], curl: [0, 7, 28], dig: [0, 9], getent: [0, 2] };

/** The ways in which a program may be broken; its text then, null if it is missing. */
const waysOf = (program: string): [way: string, text: string | null][] => [
  ['is not there', null],
  ...(meaningful[program] ?? [0, 1]).map((code): [string, string] => [
    `prints garbage and says ${code}`,
    `#!/mnt/own/bin/bash\necho garbage; echo garbage >&2; exit ${code}\n`,
  ]),
];
/** A program that never ends, in the place of another. */
const hanging = (
  program: string,
) => `printf '#!/bin/dash\\nexec sleep 1000\\n' >/run/hanging; chmod 755 /run/hanging
for file in /usr/bin/${program} /usr/sbin/${program}; do [ ! -e $file ] || mount --bind /run/hanging $file; done`;
/** Of the programs that read state and of those that send: each that hoplab waits for by a limit of its own. */
const waitedFor = [
  'iptables-save',
  'ip',
  'ps',
  'ping',
  'tcpdump',
  'curl',
  'dig',
  'getent',
  'nc',
  'bash',
  'python3',
];

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };
const programs = [...new Set(Object.values(everyKind).flatMap((one) => one.programs))];
const askedWith = (program: string) =>
  everyCheck.filter(({ kind }) => everyKind[kind].programs.includes(program));

const summary = ({ check, status, reason }: Verdict) => `${check} ${status} ${reason ?? ''}`;
const unasked = (checks: readonly Check[]) => checks.map(({ id }) => `${id} could-not-check tool-failed`);
const askAll = (machine: Machine, checks: readonly Check[]) =>
  checkStep(machine, step, checks).then((verdicts) => verdicts.map(summary));

// The longest limit is a minute: all the rest is asked meanwhile.
t.jobs = 2;

t.test('a program that hangs neither passes nor fails a check', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const working = async (program: string) => {
      const machine = await make(size);
      await asking(machine);
      await sh(machine, hanging(program));
      const checks = askedWith(program).slice(0, 1);
      t.same(await askAll(machine, checks), unasked(checks), program);
    };
    await Promise.all(waitedFor.map(working));
  }),
);

t.test('while every program works, every check is answered', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make(size);
    await asking(machine);
    await sh(machine, putInOrder);
    const answers = await askAll(machine, everyCheck);
    t.same(
      answers.filter((one) => !one.endsWith(' pass ')),
      [],
    );
  }),
);

t.test('a broken program neither passes nor fails a check', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make(size);
    await asking(machine);
    await sh(machine, putInOrder);
    for (const program of programs) {
      const checks = askedWith(program);
      for (const [way, text] of waysOf(program)) {
        const answers = await without(machine, program, text, () => askAll(machine, checks));
        t.same(answers, unasked(checks), `${program} ${way}`);
      }
    }
  }),
);

t.test(
  'a machine that is gone neither passes nor fails a check, also when it ends meanwhile',
  { buffered: true },
  (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make(size);
      await asking(machine);
      const asked = askAll(machine, everyCheck);
      await machine.observe();
      await machine.destroy();
      t.same(await asked, unasked(everyCheck));
      t.same(await askAll(machine, everyCheck), unasked(everyCheck));
    }),
);
