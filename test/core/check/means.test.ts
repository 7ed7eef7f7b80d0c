import t from 'tap';
import { explain, question } from '../../../src/core/explain/explain.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const means = { en: 'the machine has restarted', ko: '머신이 다시 시작되었습니다' };
const args = { on: 'host', run: 'test "$(cat /run/boots)" -gt 1', exit: 0, means };

t.test('a command that says what it asks is put in these words first', async (t) => {
  const failed = { outcomes: [outcome('answer', { status: 1, body: '' })] };
  const verdict = ask(namespaces(), 'command', args, failed);
  t.match(
    explain(verdict, 'en').observed,
    /^This does not hold yet: the machine has restarted\. `test .* in host/,
  );
  t.match(explain(verdict, 'ko').observed, /^아직 이렇지 않습니다: 머신이 다시 시작되었습니다\. host에서/);
  t.match(explain(verdict, 'en').expected, /^This holds: the machine has restarted \(`test/);
  t.match(explain(verdict, 'ko').expected, /^다음과 같아야 합니다: 머신이 다시 시작되었습니다\(host에서/);
  const asked = question({ id: 'restarted', kind: 'command', args, needs: [], until: null });
  t.strictSame(asked, means);
});

t.test('one that does not is put in its own', async (t) => {
  const { means: _, ...plain } = args;
  const failed = { outcomes: [outcome('answer', { status: 1, body: '' })] };
  t.match(explain(ask(namespaces(), 'command', plain, failed), 'en').observed, /^`test .* in host ended/);
});
