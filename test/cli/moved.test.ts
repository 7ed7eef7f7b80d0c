import t from 'tap';
import { verdict } from '../api/double.ts';
import { serving } from './serving.ts';

t.test('check reports the steps passed meanwhile, and the step it checks', async (t) => {
  const { run, double } = await serving(t);
  double.instead.check = async (_step, passed = () => {}) => {
    await double.sessions.of('s1').enter('veth-pair', 'goto');
    passed(['isolation']);
    return [verdict('ends', { step: 'veth-pair' })];
  };
  const { stdout } = await run('check');
  t.match(stdout, /^Already done: Isolation \(isolation\)\. Checked now: A virtual cable \(veth-pair\)\n/);
  t.match(
    (await run('--lang', 'ko', 'check')).stdout,
    /^이미 마친 단계: .*\(isolation\)\. 지금 검사하는 단계/,
  );
  t.strictSame((await run('--json', 'check')).json().passed, ['isolation']);
});

t.test('a question of a step that was passed is still asked and answered', async (t) => {
  const { run, double } = await serving(t);
  for (const { id, after } of double.labs.list()[0]?.steps[0]?.predict ?? [])
    if (id === 'who-has-red') after.push('red');
  await run('goto', 'veth-pair');
  const listed = await run('predict');
  t.match(listed.stdout, /Of step isolation, which is passed:\nWhich of the two/);
  for (const { stdout } of [listed, await run('predict', '--step', 'isolation')])
    t.notMatch(stdout, /its time comes when/, 'its time was before');
  t.match(await run('predict', 'who-has-red', 'none'), { code: 0, stdout: /Correct: none of them/ });
  t.match(await run('predict', 'who-has-rad', 'none'), { code: 2, stderr: /did you mean who-has-red\?/ });
});

t.test('prints the text behind a question once it is answered', async (t) => {
  const { run, double } = await serving(t);
  const [lab] = double.labs.list();
  const body = '**Predict.** Which? {#who-has-red}\n\nIt is none of them.';
  if (lab) lab.prose.en.steps.isolation = { title: 'Isolation', body };
  const before = (await run('show')).stdout;
  t.match(before, /Which\?\n +hoplab predict who-has-red\n\nThe text goes on once you have answered/);
  t.notMatch(before, /none of them|Solution/);
  t.match((await run('show', '--whole')).stdout, /It is none of them[\s\S]*Solution/);
  const { get } = double.sessions;
  const predictions = [{ prediction: 'who-has-red', answer: ['none'], truth: ['none'], right: true }];
  double.sessions.get = (session) => {
    const snapshot = get(session);
    return { ...snapshot, steps: snapshot.steps.map((step) => ({ ...step, predictions })) };
  };
  t.match((await run('show')).stdout, /It is none of them[\s\S]*Solution/);
});
