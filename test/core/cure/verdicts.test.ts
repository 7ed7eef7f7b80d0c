import t from 'tap';
import { judge } from '../../../src/core/check/judge.ts';
import { kinds } from '../../../src/core/check/kinds/index.ts';
import { applyLine } from '../../../src/core/cure/apply-line.ts';
import { blank as filledIn } from '../../../src/core/cure/blanks.ts';
import { cure } from '../../../src/core/explain/explain.ts';
import { looks } from '../../../src/core/explain/looks.ts';
import { waysIn } from '../../../src/core/explain/proved.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import type { CureLine } from '../../../src/core/verdict/verdict.ts';
import { askedOf } from '../../support/judged.ts';
import { wrongs } from '../../support/wrongs.ts';

/** A placeholder that a person fills in. */
const blank = /[A-Z]{2,}(?![\w=])/;
const readsState = [
  'netns',
  'link',
  'address',
  'route',
  'sysctl',
  'rule',
  'ip-rule',
  'fdb',
  'vlan',
  'route-get',
];

/** The state after a way; null where a line of it is not understood. */
function after(observation: Observation, way: readonly CureLine[]): Observation | 'refused' | null {
  let state = observation;
  for (const line of way) {
    const next = applyLine(state, line);
    if (next === 'refused') return 'refused';
    if (next === 'unknown') return null;
    state = next;
  }
  return state;
}

t.test('every reason of every check prints a command, and names the node it is typed on', async (t) => {
  const asked = new Set(wrongs.map(([, , { values }]) => values.asked));
  t.same(
    Object.keys(kinds).filter((kind) => !asked.has(kind)),
    [],
    'every kind of check is there',
  );
  for (const [title, , verdict] of wrongs) {
    const nodes = [...Object.keys(askedOf.get(verdict)?.observation.nodes ?? {}), 'host', verdict.node];
    t.ok(cure(verdict).length > 0, `${title}: something to type or to look at`);
    for (const { on } of cure(verdict)) t.ok(nodes.includes(on), `${title}: typed on ${on}`);
    const lines = rungOf(verdict, 4).en.split('\n');
    // Behind what only shows something stands where the right lines are.
    if (/^# the solution, to compare: hoplab show step --whole$/.test(lines.at(-1) ?? '')) lines.pop();
    t.ok(lines.length > 1, `${title}: more than the solution`);
    for (const line of lines)
      t.match(
        line,
        /^(# ((type:|or)( \(put values .*\))?|look \(this changes nothing\):)|\S+ # \S.*)$/,
        `${title}: ${line}`,
      );
    t.match(rungOf(verdict, 4).ko, /^# (입력|확인용)/, title);
    for (const [at, line] of lines.entries()) {
      const over = lines.slice(0, at + 1).findLast((one) => one.startsWith('# ')) ?? '';
      if (filledIn.test(line) && !line.startsWith('# ') && !over.startsWith('# look'))
        t.match(over, /words in capitals/, `${title}: ${line}`);
    }
  }
});

t.test('the table nat to look at is that of the router that should translate', async (t) => {
  const looked = wrongs.flatMap(([title, , verdict]) =>
    cure(verdict).flatMap(({ on, run }) =>
      run.endsWith('iptables -t nat -S') && verdict.values.routerShell !== undefined
        ? [{ title, on, router: verdict.values.routerShell }]
        : [],
    ),
  );
  t.not(looked.length, 0);
  for (const { title, on, router } of looked) t.equal(on, router, title);
});

t.test(
  'a command of a failing check is taken by its tool, changes something, and brings the check further',
  async (t) => {
    let tried = 0;
    for (const [title, , verdict] of wrongs) {
      const seen = askedOf.get(verdict);
      if (seen === undefined) continue;
      for (const way of waysIn(cure(verdict))) {
        if (way.some(({ run }) => looks(run, verdict.reason) || blank.test(run))) continue;
        const state = after(seen.observation, way);
        const text = `${title}: ${way.map(({ on, run }) => `${on} # ${run}`).join('; ')}`;
        t.not(state, 'refused', text);
        if (state === null || state === 'refused') continue;
        tried += 1;
        t.notSame(state, seen.observation, `${text}: changes something`);
        if (!readsState.includes(seen.check.kind)) continue;
        const again = judge({ ...seen, observation: state, step: '' });
        t.ok(
          again.status === 'pass' || again.reason !== verdict.reason,
          `${text}: then ${again.status} ${again.reason}`,
        );
      }
    }
    t.ok(tried > 50, `${tried} ways were tried`);
  },
);
