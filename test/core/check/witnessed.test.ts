import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { judge } from '../../../src/core/check/judge.ts';
import { witnessedFinding } from '../../../src/core/check/witnessed.ts';
import { cure, explain } from '../../../src/core/explain/explain.ts';
import { withCure } from '../../../src/core/explain/proved.ts';
import type { TraceEnd } from '../../../src/core/path/recording/hop.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { outcome } from '../../support/judged.ts';
import { observe } from '../../support/observation.ts';
import { traced } from '../../support/traced.ts';

const observation = observe({
  a: { links: { eth0: { peer: 'b:eth0', addresses: ['192.168.1.10/24'] } } },
  b: { links: { eth0: { addresses: ['192.168.1.11/24'] } }, listeners: ['tcp 0.0.0.0:80'] },
});

/** The verdict of a page that does not come, and whose traced request ended so. */
function pageOf(end: Partial<TraceEnd>): Verdict {
  const [whole] = traced(['a', 'b'], [], end).outcomes;
  const args = { from: 'a', url: 'http://192.168.1.11', expect: 'answer', status: 200, body: null };
  const check = { id: 'page', kind: 'http', args, needs: [], until: null } as unknown as Check;
  const outcomes = [outcome('silence'), ...(whole === undefined ? [] : [whole])];
  const asked = { check, observation, processes: [], outcomes };
  return withCure(asked, judge({ ...asked, step: 'step' }));
}

t.test('a verdict says what the packets of a trace show, where no check asks about it', async (t) => {
  const own = { en: 'b took the request and sent no answer.', ko: 'b가 요청을 받고 응답하지 않았습니다.' };
  const way = { on: 'b', run: 'ip link set dev eth0 mtu 1500', or: false };
  const verdict = pageOf({
    kind: 'answer-lost',
    reason: 'answer-missing',
    node: 'b',
    text: own,
    cure: [way],
  });
  t.match(verdict, { status: 'fail', reason: 'no-answer', node: 'b' });
  t.match(
    explain(verdict, 'en').what,
    /The packets of a trace show why: b took the request and sent no answer\.$/,
  );
  t.match(explain(verdict, 'ko').what, /b가 요청을 받고 응답하지 않았습니다\.$/);
  t.strictSame(cure(verdict), [way], 'and has its cure');
  t.notMatch(explain(pageOf({ kind: 'lost', node: 'b' }), 'en').what, /packets of a trace/);
});

t.test('a rule of nftables has the cure that the trace has proved', async (t) => {
  const rule = {
    family: 'inet',
    table: 'own',
    chainName: 'f',
    nftChain: 'f',
    chain: 'own f',
    nftRule: 'drop',
  };
  const way = { on: 'b', run: 'nft insert rule inet own f ip saddr 192.168.1.10 accept', or: false };
  const values = { ...rule, handle: '4', policyNft: '', rule: 'drop' };
  const verdict = pageOf({
    kind: 'dropped',
    reason: 'dropped-by-rule',
    node: 'b',
    object: 'drop',
    values,
    cure: [way],
  });
  t.match(verdict, { reason: 'dropped-by-rule', node: 'b' });
  t.strictSame(cure(verdict), [way], 'and not the deletion of a rule behind which another drops');
});

t.test('packets of a program that was broken prove nothing', async (t) => {
  const finding = { reason: 'no-route', node: 'b', object: null, values: {} } as const;
  const [whole] = traced(['a'], [], { kind: 'dropped', node: 'a' }).outcomes;
  if (whole === undefined) throw new Error('no outcome');
  t.match(witnessedFinding(finding, whole), { reason: 'no-answer' }, 'they contradict the state');
  t.strictSame(witnessedFinding(finding, { ...whole, result: 'tool-failed' }), finding);
});
