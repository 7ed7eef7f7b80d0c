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

t.test(
  'a command that does not end is a failure of its own, and its control one that proves nothing',
  async (t) => {
    const { means: _, ...plain } = args;
    const endless = ask(namespaces(), 'command', plain, { outcomes: [outcome('silence')] });
    t.match(endless, { status: 'fail', reason: 'wrong-exit' });
    t.match(
      explain(endless, 'en').observed,
      /^`test .* in host did not end within 10 s; it should end with exit code 0\.$/,
    );
    t.match(
      explain(endless, 'ko').observed,
      /^host에서 `test .* 명령이 10초 안에 끝나지 않았습니다\. 결과가 종료 코드 0이어야/,
    );
    const refusal = { ...plain, exit: 1, control: 'ls' };
    const outcomes = [outcome('answer', { status: 1, body: '' }), outcome('silence')];
    const unproved = ask(namespaces(), 'command', refusal, { outcomes });
    t.match(unproved, { status: 'could-not-check', reason: 'control-failed' });
    t.match(
      explain(unproved, 'en').observed,
      /^The control `.+`, with the same rights, did not end within 10 s/,
    );
  },
);

t.test('of what a command printed, the line that tells most is shown', async (t) => {
  const args = { on: 'host', run: 'curl -s http://192.168.15.2/', exit: 0, output: 'Welcome' };
  const printed = (body: string, status = 0) =>
    explain(ask(namespaces(), 'command', args, { outcomes: [outcome('answer', { status, body })] }), 'en')
      .observed;
  const page = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n</body>\r\n</html>\r\n';
  t.match(printed(page), /502 Bad Gateway/);
  t.match(printed('nc: bad address\ncommand terminated with exit code 1\n', 1), /nc: bad address/);
  t.match(printed('one\ntwo\n'), /two/);
});

t.test('a status that only proxies send leads to the server behind the proxy', async (t) => {
  const page = { from: 'blue', url: 'http://192.168.1.3/', expect: 'answer', status: 200 } as const;
  const words = (status: number) =>
    explain(ask(namespaces(), 'http', page, { outcomes: [outcome('answer', { status, body: '' })] }), 'en');
  t.match(words(502).why, /^A proxy answers 502: the request reached the proxy/);
  t.match(words(504).idea, /address and the port in the configuration of the proxy/);
  t.match(words(404).why, /^The network works/);
});
