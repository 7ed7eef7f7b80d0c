import t from 'tap';
import { answerText } from '../../../src/core/predict/choices.ts';
import { readAnswer, sameAnswer } from '../../../src/core/predict/compare.ts';
import type { Choice, Prediction, Question } from '../../../src/core/predict/prediction.ts';
import { predictionResult, untimelyResult } from '../../../src/core/predict/result.ts';
import { type MachineAnswers, truthOf } from '../../../src/core/predict/truth.ts';
import type { ProbeOutcome } from '../../../src/core/probe/probe.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { firstGroup } from '../../../src/session/bounded-match.ts';

const choice = (value: string): Choice => ({ value, text: { en: `the ${value}`, ko: `${value} 쪽` } });
const which: Question = { kind: 'which', checks: [] };
const output: Question = { kind: 'output', on: 'a', run: 'ip neigh', match: 'lladdr (\\S+)' };
const looked: MachineAnswers = { verdicts: [], outcome: null, end: null, firstGroup };

function verdict(check: string, status: Verdict['status'], changes: Partial<Verdict> = {}): Verdict {
  const values = { asked: 'ping', from: 'a', to: '10.0.0.1', node: 'a' };
  const rest = { node: 'a', object: null, expected: 'reply', observed: 'reply', evidence: [] };
  return { ...{ check, step: 's', status, reason: null, values }, ...rest, ...changes };
}

t.test('an answer is read as a value, its words, or several; anything else is none', (t) => {
  const one = {
    answer: { kind: 'ping', from: 'a', to: 'b' } as Question,
    choices: [choice('reply'), choice('silence')],
  };
  const several = { answer: which, choices: ['c', 'far-leg', 'none'].map(choice) };
  t.strictSame(readAnswer(one, [' Reply ']), ['reply']);
  t.strictSame(readAnswer(one, ['the', 'silence']), ['silence']);
  t.strictSame(readAnswer(one, ['silence 쪽']), ['silence']);
  t.equal(readAnswer(one, ['reply', 'silence']), null, 'one only');
  t.equal(readAnswer(one, ['maybe']), null);
  t.equal(readAnswer(one, ['  ']), null);
  t.strictSame(readAnswer(several, ['far-leg,c']), ['c', 'far-leg'], "in the choices' order");
  t.strictSame(readAnswer(several, ['far-leg', 'the c']), ['c', 'far-leg']);
  t.equal(readAnswer(several, ['none', 'c']), null, 'none goes with nothing');
  t.strictSame(readAnswer({ answer: output, choices: [] }, ['aa:bb', ' c ']), ['aa:bb c'], 'free text');
  t.end();
});

t.test('answers with the same meaning are equal', (t) => {
  const same: [string, string][] = [
    ['02:0A:0b:0c:0d:0e', '2-a-b-c-d-e'],
    ['020a.0b0c.0d0e', '02:0a:0b:0c:0d:0e'],
    ['fd00:0:0::1', 'fd00::1'],
    ['www.google.com.', 'WWW.google.com'],
    ['a  b', 'a b'],
  ];
  for (const [one, other] of same) t.ok(sameAnswer([one], [other]), `${one} = ${other}`);
  t.ok(sameAnswer(['a', 'b'], ['b', 'a']));
  t.notOk(sameAnswer(['a'], ['a', 'b']));
  t.notOk(sameAnswer(['10.0.0.1'], ['10.0.0.10']));
  t.notOk(sameAnswer(['02:0a:0b:0c:0d:0e'], ['02:0a:0b:0c:0d:0f']));
  t.end();
});

t.test("the machine's answer is what was seen, or none", (t) => {
  const ping: Question = { kind: 'ping', from: 'a', to: '10.0.0.1' };
  const silent = verdict('ping', 'fail', { reason: 'forwarding-off', observed: 'silence' });
  const broken = verdict('ping', 'could-not-check', { reason: 'tool-failed' });
  t.strictSame(truthOf(ping, { ...looked, verdicts: [verdict('ping', 'pass')] }).answer, ['reply']);
  t.match(truthOf(ping, { ...looked, verdicts: [silent] }), {
    answer: ['silence'],
    why: { en: /forward/, ko: /포워딩/ },
  });
  t.equal(truthOf(ping, { ...looked, verdicts: [broken] }).answer, null, 'a broken tool says nothing');

  const both = [verdict('c', 'pass'), verdict('d', 'fail', { reason: 'no-route' })];
  t.strictSame(truthOf(which, { ...looked, verdicts: both }).answer, ['c']);
  t.strictSame(truthOf(which, { ...looked, verdicts: both.slice(1) }).answer, ['none']);
  t.equal(truthOf(which, { ...looked, verdicts: [...both, broken] }).answer, null);
  t.strictSame(truthOf({ kind: 'one-of', checks: [] }, { ...looked, verdicts: both }).answer, ['c']);
  t.equal(truthOf({ kind: 'one-of', checks: [] }, { ...looked, verdicts: both.slice(1) }).answer, null);
  t.end();
});

t.test('of a command, of a capture', (t) => {
  const evidence = { on: 'a', command: 'ip neigh', output: '' };
  const outcome: ProbeOutcome = { result: 'answer', by: null, status: 0, body: '', sources: [], evidence };
  const of = (question: Question, changes: Partial<ProbeOutcome>) =>
    truthOf(question, { ...looked, outcome: { ...outcome, ...changes } }).answer;
  t.strictSame(of(output, { body: '10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE\n' }), [
    '02:00:00:00:00:01',
  ]);
  t.equal(of(output, { body: '10.0.0.1 dev eth0 FAILED\n' }), null);
  t.equal(of(output, { result: 'tool-failed', body: null }), null);
  t.strictSame(of({ kind: 'output', on: 'a', run: 'id' }, { body: ' 1\n 2\n' }), ['1 2']);
  const source: Question = { kind: 'source', from: 'a', to: '10.0.0.1', at: 'b' };
  t.strictSame(of(source, { result: 'silence', sources: ['10.0.0.2'] }), ['10.0.0.2']);
  t.strictSame(of(source, { result: 'silence' }), ['nothing']);
  t.end();
});

t.test('the node where a packet dies, and why', (t) => {
  const text = { en: 'Dropped in b.', ko: 'b에서 버려짐.' };
  const end = (kind: string, reason: string | null) => ({
    ...looked,
    end: { kind, node: 'b', reason, text } as MachineAnswers['end'],
  });
  const way = { from: 'a', to: '10.0.0.1' };
  t.strictSame(truthOf({ kind: 'dies-at', ...way }, end('dropped', 'forwarding-off')), {
    answer: ['b'],
    why: text,
    evidence: [],
  });
  t.strictSame(truthOf({ kind: 'dies-at', ...way }, end('delivered', null)).answer, ['nowhere']);
  t.strictSame(truthOf({ kind: 'why', ...way }, end('dropped', 'forwarding-off')).answer, ['forwarding-off']);
  t.equal(truthOf({ kind: 'why', ...way }, end('lost', null)).answer, null);
  for (const mtu of ['mtu', 'mtu-here', 'mtu-unheard'])
    t.strictSame(truthOf({ kind: 'why', ...way }, end('dropped', mtu)).answer, ['frame-too-long'], mtu);
  t.end();
});

t.test('words the result of an answer in both languages', (t) => {
  const place = { step: 's', prediction: 'p', answer: ['reply'] };
  const prediction = { choices: [choice('reply'), choice('silence')] } as Prediction;
  const truth = (answer: string[] | null) =>
    predictionResult(place, prediction, { answer, why: null, evidence: [] });
  t.match(truth(['reply']), {
    outcome: 'right',
    message: { en: 'Correct: the reply.', ko: '맞습니다: reply 쪽.' },
  });
  t.match(truth(['silence']), {
    outcome: 'wrong',
    message: {
      en: 'You said: the reply. The machine says: the silence.',
      ko: '예측: reply 쪽. 머신의 응답: silence 쪽.',
    },
  });
  t.match(truth(null), {
    outcome: 'undecided',
    truth: null,
    message: { en: /neither right nor wrong/, ko: /판단하지/ },
  });
  t.match(untimelyResult(place, 'too-early', 'x').message, { en: /check x, which/, ko: /^x 검사/ });
  t.match(untimelyResult(place, 'too-late', 'x').message, {
    en: /check x passes already/,
    ko: /^x 검사를 이미/,
  });
  t.match(untimelyResult(place, 'too-late', null).message, {
    en: /already finished this step/,
    ko: /단계를 이미/,
  });
  t.strictSame(answerText(['7'], []), { en: '7', ko: '7' });
  t.end();
});
