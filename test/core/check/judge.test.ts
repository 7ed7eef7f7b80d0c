import t from 'tap';
import { explain } from '../../../src/core/explain/explain.ts';
import { reasons } from '../../../src/core/verdict/reasons.ts';
import { ask, outcome, short } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { rights } from '../../support/rights.ts';
import { wrongs } from '../../support/wrongs.ts';

t.test('every wrong state has its reason', async (t) => {
  for (const [title, expected, verdict] of wrongs) t.equal(short(verdict), expected, title);
});

t.test('every reason is the verdict of a test', async (t) => {
  const seen = new Set(wrongs.map(([, , verdict]) => verdict.reason));
  t.same(
    reasons.filter((reason) => !seen.has(reason)),
    [],
  );
});

t.test('every verdict has the expected and the observed state', async (t) => {
  for (const [title, , { expected, observed, evidence, values, reason }] of wrongs) {
    t.not(expected, '', title);
    t.not(observed, '', title);
    t.ok(evidence.length > 0 || /^(netns|container|pod)-missing$/.test(reason ?? ''), `${title}: evidence`);
    t.ok(values.asked, title);
  }
});

t.test('every right state passes', async (t) => {
  for (const verdict of rights())
    t.equal(short(verdict), 'pass', JSON.stringify([verdict.check, verdict.values]));
});

t.test('a process outside, or without a PID namespace, is not the one', async (t) => {
  const outside = { pids: [40, 1], command: 'sleep infinity', node: 'host' };
  const plain = { pids: [1], command: 'sleep infinity', node: 'red' };
  const verdict = ask(namespaces(), 'process', { on: 'red', pid: 1 }, { processes: [outside, plain] });
  t.equal(short(verdict), 'fail process-missing red');
});

const control = { from: 'host', to: '192.168.1.3' };

t.test('a broken tool neither passes nor fails a check', async (t) => {
  const broken = { outcomes: [outcome('tool-failed'), outcome('reply')] };
  const http = { from: 'red', url: 'http://192.168.15.2/', status: 200, control };
  const verdicts = [
    ask(namespaces(), 'ping', { from: 'red', to: '192.168.15.2', expect: 'reply' }, broken),
    ask(namespaces(), 'ping', { from: 'red', to: '8.8.8.8', expect: 'no-route', control }, broken),
    ask(namespaces(), 'http', { ...http, expect: 'answer' }, broken),
    ask(namespaces(), 'http', { ...http, expect: 'no-route' }, broken),
    ask(
      namespaces(),
      'seen',
      { from: 'red', to: '192.168.15.2', at: 'blue', source: '192.168.15.1' },
      broken,
    ),
    ask(namespaces(), 'rule', { on: 'host', like: 'no rule at all', absent: true }),
  ];
  for (const { status, check } of verdicts) t.equal(status, 'could-not-check', check);
});

t.test('an interface that is not there: its address may be on another', async (t) => {
  const args = { on: 'red', address: '192.168.15.1/24', dev: 'br-made', absent: false };
  const said = (language: 'en' | 'ko', address = args.address) =>
    explain(ask(namespaces(), 'address', { ...args, address }), language).what;
  t.equal(said('en'), 'There is no interface br-made in red. The address is on veth-red.');
  t.match(said('ko'), /없습니다\. 주소는 veth-red 인터페이스에 있습니다\.$/);
  t.equal(said('en', '192.168.15.9/24'), 'There is no interface br-made in red.');
});

t.test('a process that is nearly there: in another node, not number 1, misspelt', async (t) => {
  const said = (command: string, node: string, args: { pid?: number; name: string }) =>
    explain(
      ask(namespaces(), 'process', { on: 'red', ...args }, { processes: [{ pids: [30], command, node }] }),
      'en',
    ).what;
  const name = 'sleep infinity';
  t.equal(said(name, 'blue', { name }), '`sleep infinity` runs in blue, not in red.');
  t.match(said(name, 'red', { name, pid: 1 }), /runs in red as process 30 of the machine/);
  t.match(said('slepe infinity', 'red', { name }), /; `slepe infinity` does\.$/);
  // Numbers tell apart processes that are meant to run side by side.
  t.notMatch(said('sleep 1001', 'red', { name: 'sleep 1002' }), /sleep 1001/);
});
