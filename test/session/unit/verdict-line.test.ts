import t from 'tap';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { verdictLine } from '../../../src/session/acceptance/verdict-line.ts';
import { failed } from '../../api/double.ts';

t.test('a failure says what was expected and observed', (t) => {
  const { step, check } = failed;
  t.match(
    verdictLine(failed),
    `${step}/${check}: fail ${failed.reason}; expected ${failed.expected}; observed`,
  );
  t.end();
});

t.test('of a failed control it names the ping that got no reply', (t) => {
  const verdict: Verdict = {
    ...failed,
    status: 'could-not-check',
    reason: 'control-failed',
    expected: 'no-route',
    observed: 'silence',
    values: { controlFrom: 'pc', controlTo: '203.0.113.2', controlResult: 'silence' },
  };
  t.match(
    verdictLine(verdict),
    /expected no-route; the control, a ping from pc to 203\.0\.113\.2, must get a reply; observed silence$/,
  );
  t.end();
});
