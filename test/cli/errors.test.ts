import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { WebSocketServer } from 'ws';
import { errorCodes } from '../../src/protocol/errors.ts';
import { words as english } from '../../src/words/en/cli.ts';
import { words as korean } from '../../src/words/ko/cli.ts';
import { errors } from '../../src/words/ko/errors.ts';
import { onTcp, token } from '../api/listening.ts';
import { inLanes } from '../support/lanes.ts';
import { hoplab } from './hoplab.ts';
import { serving } from './serving.ts';

/** A command line that cannot be, the code it must give, and what its message must name. */
const refusals: [string[], string, RegExp, RegExp?][] = [
  [
    ['chek'],
    'option-unknown',
    /no command chek; did you mean check\?/,
    /chek 명령은 없습니다\. 혹시 check\?/,
  ],
  [['help', 'run'], 'option-unknown', /there is no command run/, /run 명령은 없습니다/],
  [['--lang', 'en', 'help', 'chek'], 'option-unknown', /no command chek; did you mean check\?/],
  [
    ['check', '--jsn'],
    'option-unknown',
    /no option --jsn; did you mean --json\?; usage: hoplab check \[options\]/,
    /--jsn 옵션은 없습니다/,
  ],
  [['exec', '--', 'ls'], 'argument-invalid', /command is missing; usage: hoplab exec .*<node> <command/],
  [['exec', '--rot', 'a', 'ls'], 'option-unknown', /no option --rot; usage: hoplab exec .*<node> <command/],
  [
    ['shell', '--', 'a', 'b'],
    'argument-invalid',
    /more arguments.*; usage: hoplab shell \[options\] \[node\]/,
  ],
  [
    ['trace', '--', 'red'],
    'argument-invalid',
    /TO is missing.*; usage: hoplab trace \[options\] <from> \[to\]/,
    /사용법: hoplab trace/,
  ],
  [
    ['doctor', '--lnag', 'ko'],
    'option-unknown',
    /no option --lnag; did you mean --lang\?; usage: hoplab doctor \[options\]/,
    /--lnag 옵션은 없습니다\. 혹시 --lang\?\. 사용법: hoplab doctor/,
  ],
  [
    ['doctor', 'all'],
    'argument-invalid',
    /more arguments.*; usage: hoplab doctor/,
    /인자가 많습니다\. 사용법/,
  ],
  [
    ['daemon', '--labs'],
    'argument-invalid',
    /--labs needs a value; usage: hoplab daemon/,
    /--labs 옵션에 값이 필요합니다\. 사용법/,
  ],
  [
    ['schema', 'prose'],
    'argument-invalid',
    /expected one of lab, track/,
    /‘prose’는 보기에 없습니다\. 보기: lab, track/,
  ],
  [
    ['goto'],
    'argument-invalid',
    /step is missing; usage: hoplab goto \[options\] <step>/,
    /step 인자가 빠졌습니다. 사용법: hoplab goto/,
  ],
  [['goto', 'a', 'b'], 'argument-invalid', /more arguments.*; usage: hoplab goto \[options\] <step>/],
  [['start', 'network-namespaces', '--step'], 'argument-invalid', /--step <id> needs a value/],
  [
    ['start', 'network-namespaces', '--engine', 'foo'],
    'argument-invalid',
    /--engine does not take foo; it takes small, real; usage: hoplab start/,
    /--engine 옵션의 값으로 foo는 쓸 수 없습니다\. 쓸 수 있는 값: small, real\. 사용법/,
  ],
  [['trace', 'red', 'http://'], 'argument-invalid', /http:\/\/ is not an http URL/],
  [
    ['start', 'netwrk'],
    'lab-not-found',
    /did you mean network-namespaces\?/,
    /netwrk라는 실습이 없습니다\. 혹시 network-namespaces\?/,
  ],
  [['start', 'network-namespaces', '--step', 'isolatoin'], 'step-not-found', /did you mean isolation\?/],
  [
    ['predict', 'who-has-red', 'silence'],
    'argument-invalid',
    /“silence”/,
    /‘silence’는 보기에 없습니다\. 보기: red, blue, none/,
  ],
  [
    ['goto', 'isolatoin'],
    'step-not-found',
    /did you mean isolation\?/,
    /isolatoin이라는 단계가 없습니다.*혹시 isolation\?/,
  ],
  [
    ['predict', 'who-has-rad'],
    'prediction-not-found',
    /did you mean who-has-red\?/,
    /isolation 단계에 who-has-rad라는 예측 질문이 없습니다\. 질문: who-has-red\. 혹시 who-has-red\?/,
  ],
  [['show', 'veth-pear'], 'step-not-found', /did you mean veth-pair\?/],
  [['use', 's9'], 'session-not-found', /no session s9/],
  [['--session', 's9', 'status'], 'session-not-found', /no session s9/],
  [['undo'], 'nothing-to-undo', /nothing to undo/, /되돌릴 것이 없습니다/],
  [['check', 'isolation', '--all'], 'argument-invalid', /not both/],
  [['stop', 's1', '--all'], 'argument-invalid', /not both/],
  [
    ['trace', 'red', '10.0.0.1', '--size', '70000'],
    'argument-invalid',
    /70000 is not a size/,
    /70000: 데이터 크기가 아닙니다/,
  ],
  [
    ['trace', 'red', '10.0.0.1', '--size', '9', '--tcp', '80'],
    'argument-invalid',
    /--size needs --icmp or --udp/,
    /--icmp나 --udp/,
  ],
  [
    ['trace', 'red', '10.0.0.1', '--mtu', '20'],
    'argument-invalid',
    /20 is not a size of a packet/,
    /20: 패킷 크기가 아닙니다/,
  ],
  [
    ['trace', 'red', '10.0.0.1', '--mtu', '1400', '--udp', '53'],
    'argument-invalid',
    /--mtu needs --icmp/,
    /--icmp와 함께 쓰고/,
  ],
  [['test'], 'argument-invalid', /--all/],
  [['--lang', 'xx', 'labs'], 'argument-invalid', /no words in xx/],
  [['shell', '--json'], 'argument-invalid', /exec --json/],
  [['lint', '/nowhere/at/all'], 'labs-directory-missing', /no directory \/nowhere\/at\/all/],
  [
    ['--url', 'nonsense', 'labs'],
    'argument-invalid',
    /nonsense is no address of a daemon/,
    /nonsense는 데몬의 주소가 아닙니다/,
  ],
];

t.test('errors have a code, an exit code, and name what is near', async (t) => {
  const { env } = await serving(t);
  await inLanes(2, refusals, async ([args, code, message, inKorean]) => {
    const name = args.join(' ');
    // After `--step` its value would be `--json`: options of all commands go first.
    const json = await hoplab(['--json', ...args], env);
    t.match(json, { code: 2, stderr: '' }, `${name} --json: exit 2`);
    t.match(json.json(), { error: { code, message, data: Object } }, `${name}: ${code}`);
    const text = await hoplab(
      args.filter((word) => word !== '--json'),
      env,
    );
    if (!args.includes('--json')) {
      t.match(text, { code: 2, stdout: '', stderr: message }, `${name}: on the error stream`);
      t.match(text.stderr, `[${code}]`);
    }
    if (inKorean)
      t.match((await hoplab(['--lang', 'ko', ...args], env)).stderr, inKorean, `${name}: in Korean`);
  });
});

t.test('no session: what to do', async (t) => {
  const { run } = await serving(t, { session: false });
  t.match(await run('status'), { code: 2, stderr: /start a lab first \[session-none\]/ });
  t.match(await run('sessions'), { code: 0, stdout: /hoplab start LAB/ });
  t.match(await run('stop', '--all'), { code: 0, stdout: /nothing to stop/ });
});

t.test('no daemon: where it was looked for, and how to start it', async (t) => {
  const nowhere = { HOPLAB_RUN: '/nowhere' };
  const { code, stderr } = await hoplab(['labs'], nowhere);
  t.match([code, stderr], [2, /\/nowhere\/hoplab\.sock.*sudo scripts\/up.*\[daemon-unreachable\]/]);
  t.match((await hoplab(['labs', '--json'], nowhere)).json(), {
    error: { code: 'daemon-unreachable', data: { address: '/nowhere/hoplab.sock', cause: 'ENOENT' } },
  });
  t.match(await hoplab(['labs', '--lang', 'ko'], nowhere), { stderr: /응답하는 데몬이 없습니다/ });
});

t.test('over TCP: the token from HOPLAB_TOKEN; without it the daemon’s own refusal', async (t) => {
  const { url } = await onTcp(t);
  const right = await hoplab(['labs', '--json', '--url', url], { HOPLAB_TOKEN: token });
  t.match(right.json(), { labs: [{ id: 'network-namespaces' }] });
  const wrong = await hoplab(['labs', '--json', '--url', url], { HOPLAB_TOKEN: 'wrong' });
  t.match([wrong.code, wrong.json()], [2, { error: { code: 'unauthorized' } }]);
  t.match((await hoplab(['labs', '--json', '--url', url])).json(), { error: { code: 'unauthorized' } });
  const elsewhere = url.replace('/ws', '/other');
  t.match((await hoplab(['labs', '--json', '--url', elsewhere], { HOPLAB_TOKEN: token })).json(), {
    error: { code: 'method-not-found', message: /\/ws/ },
  });
});

t.test('a daemon of another protocol is not talked to', async (t) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.teardown(() => server.close());
  await once(server, 'listening');
  server.on('connection', (socket) => {
    const params = { protocol: 99, version: '9.0.0', languages: ['en'] };
    socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'system.hello', params }));
  });
  const { port } = server.address() as { port: number };
  const { code, stdout } = await hoplab(['labs', '--json', '--url', `ws://127.0.0.1:${port}/ws`]);
  t.match(
    [code, JSON.parse(stdout)],
    [2, { error: { code: 'protocol-mismatch', data: { daemon: 99, client: 1 } } }],
  );
});

t.test('a connection that breaks off is an error, not a silence', async (t) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.teardown(() => server.close());
  await once(server, 'listening');
  server.on('connection', (socket) => {
    const params = { protocol: 1, version: '0.1.0', languages: ['en'] };
    socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'system.hello', params }));
    socket.on('message', () => socket.terminate());
  });
  const { port } = server.address() as { port: number };
  const { code, stderr } = await hoplab(['labs', '--url', `ws://127.0.0.1:${port}/ws`]);
  t.match([code, stderr], [2, /broke off.*\[daemon-unreachable\]/]);
});

t.test('lint reads the directory itself and sends its files', async (t) => {
  const { run, double } = await serving(t, { session: false });
  const dir = await mkdtemp(join(tmpdir(), 'hoplab-lab-'));
  t.teardown(() => rm(dir, { recursive: true }));
  t.match(await run('lint', dir), {
    code: 2,
    stderr: /is no lab and has none: .*lab\.yaml.*\[argument-invalid\]/,
  });
  await writeFile(join(dir, 'lab.yaml'), 'hoplab: 1\n');
  await writeFile(join(dir, 'en.md'), '# Intro\n');
  await mkdir(join(dir, 'pictures'));
  await writeFile(join(dir, 'notes.txt'), 'not sent');
  t.match(await run('lint', dir), { code: 0, stdout: /the lab is sound/ });
  let sent = {};
  double.labs.lint = async (files) => {
    sent = files;
    const place = { file: 'lab.yaml', line: 3, column: 5, field: 'steps[0].id' };
    return [
      {
        ...{ ...place, code: 'expected-words', values: {}, severity: 'error' },
        ...{ message: 'expected words', words: { en: 'expected words', ko: '글이 있어야 합니다' } },
      },
      {
        ...{ ...place, line: 4, code: 'odd', values: {}, severity: 'warning' },
        ...{ message: 'odd', words: { en: 'odd', ko: '이상합니다' } },
      },
    ];
  };
  const { code, stdout } = await run('lint', dir);
  t.same(sent, { 'lab.yaml': 'hoplab: 1\n', 'en.md': '# Intro\n' });
  t.match([code, stdout], [1, `${dir}/lab.yaml:3:5: error: steps[0].id: expected words`]);
  t.match(stdout, `${dir}/lab.yaml:4:5: warning: steps[0].id: odd`);
  const { stdout: korean } = await run('lint', dir, '--lang', 'ko');
  t.match(korean, `${dir}/lab.yaml:3:5: 오류: steps[0].id: 글이 있어야 합니다`);
});

t.test('lint sends no file that has no end, or is too large, and names it', async (t) => {
  const { run } = await serving(t, { session: false });
  const dir = await mkdtemp(join(tmpdir(), 'hoplab-lab-'));
  t.teardown(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'lab.yaml'), 'hoplab: 1\n');
  execFileSync('mkfifo', [join(dir, 'en.md')]);
  t.match(await run('lint', dir), { code: 2, stderr: /en\.md is no plain file.*\[argument-invalid\]/ });
  await rm(join(dir, 'en.md'));
  await writeFile(join(dir, 'en.md'), Buffer.alloc(200_000, 'a'));
  t.match(await run('lint', dir), { code: 2, stderr: /en\.md has 200000 bytes; .* at most 131072/ });
});

t.test('every error code has its sentence in Korean; nothing else is left in English', async (t) => {
  t.same(Object.keys(errors).sort(), Object.keys(errorCodes).sort());
  const left: string[] = [];
  const compare = (en: unknown, ko: unknown, path: string): void => {
    if (typeof en === 'string' && en === ko && /[a-z]{3}/.test(en)) left.push(path);
    if (typeof en !== 'object' || en === null) return;
    for (const [key, value] of Object.entries(en)) {
      compare(value, (ko as Record<string, unknown>)[key], `${path}.${key}`);
    }
  };
  compare(english, korean, 'words');
  t.same(left, []);
});

t.test('HOPLAB_RUN empty is as if it were not set', async (t) => {
  const { json } = await hoplab(['labs', '--json'], { HOPLAB_RUN: '' });
  const { error, labs } = json();
  t.ok(labs || error.data.address === '/run/hoplab/hoplab.sock');
});
