import t from 'tap';
import { methods } from '../../src/protocol/methods.ts';
import { failed, verdict } from '../api/double.ts';
import { inLanes } from '../support/lanes.ts';
import { hoplab } from './hoplab.ts';
import { serving } from './serving.ts';

/** A command, what its text must say in each language, and the method whose result `--json` prints. */
const commands: [string[], RegExp, RegExp, string | null, number?][] = [
  [
    ['labs'],
    /Foundations\n +network-namespaces +Network namespaces +0 of 2 +10 +nat/,
    /기초\n.*2개 중 0개/,
    'labs.list',
  ],
  [
    ['search', 'veth'],
    /^veth pair\n +A virtual cable with[\s\S]*\nnetwork-namespaces\/veth-pair +A virtual cable\n/,
    /^veth 쌍\n[\s\S]*\nnetwork-namespaces\/veth-pair +/,
    null,
  ],
  [['search', 'nothing', 'such'], /^Nothing found\.\n$/, /찾은 것이 없습니다/, null],
  [['sessions'], /\* +s1 +network-namespaces +isolation +0 of 2 +ready/, /2개 중 0개/, 'sessions.list'],
  [['status'], /▸ +isolation +Isolation +you are here/, /현재 단계/, 'sessions.get'],
  [['show'], /ip netns add red[\s\S]*Solution\n +host # ip netns add red/, /해답/, null],
  [['show', 'veth-pair', '--no-solution'], /A virtual cable[\s\S]*Two ends\.\n$/, /가상 케이블/, null],
  [
    ['show', 'isolation', '--no-commands'],
    /^(?=[\s\S]*Commands for host: not shown\.)(?![\s\S]*(ip netns add red|Solution))/,
    /host에 입력할 명령은 숨겼습니다/,
    null,
  ],
  [['check'], /FAIL +isolation\/red[\s\S]*0 of 1 check/, /실패 +isolation\/red/, 'checks.run', 1],
  [
    ['check', '--all'],
    /0 of 1 check pass\n2 checks of earlier steps were not asked: a later step ended them\. hoplab test LAB/,
    /앞 단계의 검사 2개는 .* 묻지 않았습니다/,
    'checks.run',
    1,
  ],
  [['hint'], /hint 1 of 4[\s\S]*no namespace red/, /red 네임스페이스가 없습니다/, 'sessions.hint'],
  [
    ['predict'],
    /Which of the two[\s\S]*red +the namespace red[\s\S]*hoplab predict who-has-red CHOICE/,
    /둘 중 무엇이/,
    null,
  ],
  [
    ['predict', 'who-has-red', 'red'],
    /You said: the namespace red\. The machine says: none of them\.[\s\S]*seen on host +ip netns list/,
    /머신의 응답: 해당 없음/,
    'predictions.answer',
    1,
  ],
  [['predict', 'who-has-red', 'none'], /Correct: none of them/, /맞습니다/, 'predictions.answer'],
  [['apply'], /host # ip netns add red[\s\S]*Typed 1 line of 1 step\./, /1줄을 입력/, 'steps.apply'],
  [['apply', '--all'], /Typed/, /입력/, 'steps.apply'],
  [
    ['goto', 'veth-pair'],
    /Session s1.*at step veth-pair.*\n.*\nhoplab undo/,
    /veth-pair 단계/,
    'sessions.goto',
  ],
  [
    ['break', '--seed', '12'],
    /at step veth-pair[\s\S]*with one fault in it \(seed 12\)\./,
    /고장이 하나 있습니다\. \(시드 12\)/,
    'sessions.break',
  ],
  [
    ['break', '--show'],
    /The fault is in “Isolation” \(isolation\):\n +typed host # ip netns add rad\n +right host # ip netns add red\n +typed red # \(nothing[\s\S]*\[netns-missing\]/,
    /빠뜨렸습니다/,
    'sessions.reveal',
  ],
  [['undo'], /previous machine is back/, /돌아왔습니다/, 'sessions.undo'],
  [['reset'], /at step veth-pair/, /veth-pair 단계/, 'sessions.reset'],
  [['reboot'], /at step isolation/, /isolation 단계/, 'sessions.reboot'],
  [['use', 's1'], /Session s1 is the current/, /현재 세션은 s1/, 'sessions.use'],
  [
    ['topology'],
    /┌ host[\s\S]*eth0 +veth +up +192\.168\.1\.2\/24 +━━ lan:eth0/,
    /다른 호스트/,
    'topology.get',
  ],
  [['expose', 'red'], /red +ip netns exec hoplab\.s1\.red \.\.\./, /머신이 끝나거나/, 'topology.expose'],
  [
    ['trace', 'red', '192.168.15.77'],
    /1 +red +made here +✗ +last seen[\s\S]*who has 192\.168\.15\.77\? no reply[\s\S]*7 frames were not captured[\s\S]*Dropped in red\.[\s\S]*host # ip -n red route/,
    /응답 없음[\s\S]*프레임 7개[\s\S]*버려졌습니다/,
    'path.trace',
    1,
  ],
  [
    ['pingall', 'red', 'blue'],
    /^2 nodes, 2 pairs: 1 reply \(0\.0 s\)\n\n1 pair: [^\n]*veth-blue[\s\S]*red > blue/,
    /2쌍 중 1쌍[\s\S]*1쌍: /,
    'path.pingAll',
    1,
  ],
  [
    ['test', '--all'],
    /^1\/2 +network-namespaces: entry isolation\n2\/2 .* wrong-name \(FAIL\)\n+network-namespaces: 1 of 2 parts fail, .*\n +isolation fault wrong-name: /,
    /1개 실패/,
    null,
    1,
  ],
  [
    ['start', 'network-namespaces'],
    /lab network-namespaces: at step isolation/,
    /준비되었습니다/,
    'sessions.start',
  ],
  [['stop'], /Stopped s\d\./, /끝냈습니다/, 'sessions.stop'],
];

t.test('every command prints its result in both languages, and as one JSON document', async (t) => {
  await inLanes(2, commands, async ([args, english, korean, method, code = 0]) => {
    const { run, double } = await serving(t);
    const name = args.join(' ');
    if (name === 'break --show') await double.sessions.of('s1').break(12);
    if (args[0] === 'undo') await double.sessions.of('s1').enter('veth-pair', 'goto');
    if (args[0] === 'reset') await double.sessions.of('s1').enter('veth-pair', 'goto');

    const json = await run(...args, '--json');
    t.match(json, { code, stderr: '' }, `${name} --json: exit ${code}`);
    const schema = methods.find((each) => each.name === method)?.result;
    if (schema)
      t.same(schema.parse(json.json()), json.json(), `${name}: the document is the result of ${method}`);
    else t.type(json.json(), 'object', `${name}: one document`);

    if (args[0] === 'undo') await double.sessions.of('s1').reset();
    if (args[0] === 'stop') await double.sessions.start('network-namespaces', null);
    t.match(await run(...args), { code, stdout: english, stderr: '' }, `${name}: in English`);
    if (args[0] === 'undo') await double.sessions.of('s1').reset();
    if (args[0] === 'stop') await double.sessions.start('network-namespaces', null);
    t.match(await run('--lang', 'ko', ...args), { code, stdout: korean, stderr: '' }, `${name}: in Korean`);
  });
});

t.test('a lab that builds on others: first what to do, then that one may begin here', async (t) => {
  const { run, double } = await serving(t);
  const [lab] = double.labs.list();
  if (lab === undefined) throw new Error('the double has no lab');
  const before = ['switching', 'router'].map((id) => ({ ...lab, id, title: { en: id, ko: id } }));
  double.labs.list = () => [...before, { ...lab, prerequisites: ['switching', 'router'] }];
  t.match(
    (await run('start', 'network-namespaces')).stdout,
    /^Session .*\nNext: .*\nYou can start here\. It builds on: switching \(hoplab start switching\), router \(hoplab start router\)\n$/,
  );
  t.match(
    (await run('start', 'network-namespaces', '--lang', 'ko')).stdout,
    /^세션 .*\n다음: .*\n여기서 시작해도 됩니다\. 앞선 실습: switching .*\n$/,
  );
});

t.test(
  'practice: check reports the failures without the reason; status reports that a mistake is in',
  async (t) => {
    const { run, double } = await serving(t);
    t.match((await run('break', '--show')).stderr, /nothing-broken/);
    t.match(await run('break', '--seed', '-1.5'), { code: 2, stderr: /not a seed/ });
    await run('break', '--seed', '3');
    t.match((await run('status')).stdout, /there is a fault in this lab \(seed 3\)/);
    t.match((await run('--lang', 'ko', 'status')).stdout, /고장이 하나 숨어 있습니다\. 시드 3/);
    const { stdout, code } = await run('check');
    t.equal(code, 1);
    t.match(stdout, /✗ The network namespace red exists\./);
    t.notMatch(stdout, /where to look|ip netns list|isolation\/red/);
    double.verdicts = [verdict('red')];
    t.match(await run('check'), { code: 0, stdout: /Repaired/ });
    t.match(await run('--lang', 'ko', 'check'), { code: 0, stdout: /고쳤습니다/ });
  },
);

t.test('the exit code of check: 0 passes, 1 does not, 2 could not be checked', async (t) => {
  const { run, double } = await serving(t);
  const cases = { pass: 0, fail: 1, 'not-yet': 1, blocked: 1, 'could-not-check': 2 } as const;
  for (const [status, code] of Object.entries(cases)) {
    double.verdicts = [verdict('red', { status: status as keyof typeof cases })];
    t.equal((await run('check')).code, code, status);
    t.equal((await run('check', '--json')).code, code, `${status} --json`);
  }
});

t.test('a failed check prints the expected and the observed state, and the evidence', async (t) => {
  const { run } = await serving(t);
  const { stdout } = await run('check');
  t.match(stdout, /expected +The network namespace red exists\./);
  t.match(stdout, /observed +\S/);
  t.match(stdout, /where to look +\S/);
  t.match(stdout, /seen on host +ip netns list/);
});

t.test('prints the explanation of one cause once, and one line for a check that was not asked', async (t) => {
  const { run, double } = await serving(t);
  double.verdicts = [
    failed,
    { ...failed, check: 'red-again' },
    verdict('later', { step: 'veth-pair', status: 'not-yet', reason: 'netns-missing' }),
    verdict('after', { status: 'blocked' }),
  ];
  const { stdout } = await run('check', '--all');
  t.equal(stdout.match(/why it matters/g)?.length, 1);
  t.equal(stdout.match(/ip netns list$/gm)?.length, 1, 'the same evidence once');
  t.equal(stdout.match(/expected/g)?.length, 2, 'what was expected, each time');
  t.match(
    stdout,
    /\nNOT YET +veth-pair\/later +There is no .*\nBLOCKED +isolation\/after +Not asked yet.*\n\n/,
  );
});

t.test('a failing line of a solution: exit code 1', async (t) => {
  const { run, double } = await serving(t);
  const line = {
    step: 'isolation',
    on: 'host',
    run: 'ip netns add red',
    exitCode: 1,
    output: 'File exists\n',
  };
  double.instead.apply = async () => ({ steps: ['isolation'], lines: [line], already: [], ok: false });
  t.match(await run('apply'), {
    code: 1,
    stdout: /ip netns add red\nFile exists\nthis line failed \(exit code 1\)/,
  });
});

t.test('a step that is already done: types nothing, and prints how to start it again', async (t) => {
  const { run, double } = await serving(t);
  double.instead.apply = async () => ({ steps: [], lines: [], already: ['isolation'], ok: true });
  t.match(await run('apply'), {
    code: 0,
    stdout: /^Step isolation is already done: .*hoplab goto isolation\n$/,
  });
  t.match((await run('apply', '--lang', 'ko')).stdout, /^isolation 단계는 이미 되어 있습니다/);
});

t.test('--session picks another session than the current one', async (t) => {
  const { run, double } = await serving(t);
  await double.sessions.start('network-namespaces', 'veth-pair');
  t.match(
    (await run('status', '--json')).json(),
    { id: 's1' },
    'another start takes nobody out of a session',
  );
  double.sessions.use('s2');
  t.match((await run('status', '--json')).json(), { id: 's2' });
  t.match((await run('status', '--json', '--session', 's1')).json(), { id: 's1' });
  t.match((await run('--session=s1', 'goto', 'veth-pair', '--json')).json(), { id: 's1' });
  t.match((await run('stop', '--session', 's1', '--json')).json(), { stopped: ['s1'] });
  t.same(
    double.sessions.list().map(({ id }) => id),
    ['s2'],
  );
});

t.test('the language: --lang, then HOPLAB_LANG, then the locale', async (t) => {
  const { env } = await serving(t);
  const korean = /현재 단계/;
  const cases: [string[], Record<string, string>, boolean][] = [
    [[], {}, false],
    [[], { LANG: 'ko_KR.UTF-8' }, true],
    [[], { LC_MESSAGES: 'ko_KR.UTF-8', LANG: 'en_US.UTF-8' }, true],
    [[], { LC_ALL: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR.UTF-8' }, false],
    [[], { LANG: 'de_DE.UTF-8' }, false],
    [[], { HOPLAB_LANG: 'ko' }, true],
    [[], { HOPLAB_LANG: 'en', LANG: 'ko_KR.UTF-8' }, false],
    [['--lang', 'ko'], { HOPLAB_LANG: 'en' }, true],
    [['--lang=en'], { HOPLAB_LANG: 'ko' }, false],
  ];
  for (const [args, changes, isKorean] of cases) {
    const { stdout } = await hoplab(['status', ...args], { ...env, ...changes });
    t.equal(korean.test(stdout), isKorean, JSON.stringify([args, changes]));
  }
});

t.test('colour only for a terminal: none in a pipe, none with NO_COLOR', async (t) => {
  const { env } = await serving(t);
  const colour = '\u001b[';
  t.notOk((await hoplab(['check'], env)).stdout.includes(colour));
  t.notOk((await hoplab(['check'], { ...env, NO_COLOR: '1' })).stdout.includes(colour));
  t.ok((await hoplab(['check'], { ...env, FORCE_COLOR: '1' })).stdout.includes(colour));
});
