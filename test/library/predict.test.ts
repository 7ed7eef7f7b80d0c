import t from 'tap';
import { markOf, readLab } from '../../src/library/read.ts';

const question = '**Predict.** What comes? {#first}';
const body = `Type it.\n\n${question}\n\n\`\`\`sh host\nip netns add red\n\`\`\``;
const koBody =
  '입력합니다.\n\n**예측해 보세요.** 무엇이 올까요? {#first}\n\n```sh host\nip netns add red\n```';
const en = `# Small\n\nHello.\n\n## Make it {#make}\n\n${body}\n`;
const ko = `# 작은 랩\n<!-- translates: ${markOf('Hello.')} -->\n\n안녕하세요.\n\n## 만들기 {#make}\n<!-- translates: ${markOf(body)} -->\n\n${koBody}\n`;

const yaml = (prediction: string) => `hoplab: 1
id: small
title: { en: Small, ko: 작은 랩 }
summary: { en: One namespace., ko: 네임스페이스 하나. }
minutes: 1
topology: { nodes: { blue: { title: { en: Blue, ko: 파랑 } } }, links: [{ ends: ["host:eth0", "blue:eth0"] }] }
steps:
  - id: make
    solution: [ip netns add red]
    checks:
      - { id: red, netns: { name: red } }
    faults:
      - { id: forgotten, change: [{ line: 1, run: null }], fails: red, reason: netns-missing }
    predict:
      - ${prediction}
`;
const read = (prediction: string, prose = { en, ko }) =>
  readLab({ 'lab.yaml': yaml(prediction), 'en.md': prose.en, 'ko.md': prose.ko }, 'x');
const ping = 'answer: { ping: { from: blue, to: 10.0.0.1 } }';

t.test('a prediction with its question in both languages, and its own choices', (t) => {
  const { lab, problems } = read(`{ id: first, after: [red], ${ping}, expected: reply }`);
  t.strictSame(problems, []);
  t.match(lab?.steps[0]?.predict, [
    {
      id: 'first',
      ask: { en: 'What comes?', ko: '무엇이 올까요?' },
      after: ['red'],
      answer: { kind: 'ping', from: 'blue' },
      expected: ['reply'],
    },
  ]);
  t.strictSame(
    lab?.steps[0]?.predict[0]?.choices.map(({ value }) => value),
    ['reply', 'no-route', 'host-unreachable', 'rejected', 'silence'],
  );
  const dies = read('{ id: first, answer: { dies-at: { from: blue, to: 10.0.0.1 } } }').lab;
  t.match(dies?.steps[0]?.predict[0]?.choices, [
    { value: 'host' },
    { value: 'blue', text: { en: 'Blue', ko: '파랑' } },
    { value: 'red' },
    { value: 'nowhere' },
  ]);
  const traced = read(
    '{ id: first, answer: { dies-at: { from: blue, to: 10.0.0.1, udp: 53, size: 2000 } } }',
  ).lab;
  t.match(traced?.steps[0]?.predict[0]?.answer, { kind: 'dies-at', udp: 53, size: 2000 });
  const both = read('{ id: first, answer: { why: { from: blue, to: 10.0.0.1, tcp: 80, size: 9 } } }');
  t.match(both.problems, [{ message: /`size` not with `tcp`/ }]);
  const spent = read(
    '{ id: first, choices: [frame-too-long, ttl, none], answer: { why: { from: blue, to: 10.0.0.1, size: 1400 } } }',
  );
  t.strictSame(spent.problems, [], 'a why may have an answer that a packet alone proves');
  const which = read(
    '{ id: first, answer: { which: { red: { text: { en: R, ko: 빨 }, netns: { name: red } }, eth0: { text: { en: E, ko: 이 }, link: { on: blue, name: eth0 } } } } }',
  );
  t.strictSame(which.problems, []);
  t.match(which.lab?.steps[0]?.predict[0], {
    answer: {
      kind: 'which',
      checks: [
        { id: 'red', kind: 'netns' },
        { id: 'eth0', kind: 'link' },
      ],
    },
    choices: [{ value: 'red', text: { ko: '빨' } }, { value: 'eth0' }, { value: 'none' }],
  });
  t.end();
});

const wrong: [string, string, object][] = [
  [
    'a node that is not there',
    '{ id: first, answer: { ping: { from: bleu, to: 10.0.0.1 } } }',
    { field: /ping\.from$/, message: /no node bleu; did you mean blue/ },
  ],
  [
    'a check that is not there',
    `{ id: first, before: [rad], ${ping} }`,
    { field: /before$/, message: /no check rad/ },
  ],
  ['no way to answer', '{ id: first, answer: {} }', { message: /exactly one of ping/ }],
  [
    'two ways',
    '{ id: first, answer: { ping: { from: blue, to: 1.1.1.1 }, output: { on: blue, run: id } } }',
    { message: /exactly one of ping/ },
  ],
  [
    'an expected answer that cannot be given',
    `{ id: first, ${ping}, expected: maybe }`,
    { field: /expected$/, message: /maybe is none of the choices/ },
  ],
  [
    'a pattern without a group',
    '{ id: first, answer: { output: { on: blue, run: id, match: "x" } } }',
    { message: /one group/ },
  ],
  [
    'a pattern that is none',
    '{ id: first, answer: { output: { on: blue, run: id, match: "(x" } } }',
    { message: /one group/ },
  ],
  [
    'a choice without Korean',
    `{ id: first, ${ping}, choices: [reply, { value: silence, text: { en: S } }] }`,
    { line: 15 },
  ],
  [
    'why without choices',
    '{ id: first, answer: { why: { from: blue, to: 10.0.0.1 } } }',
    { message: /needs `choices`/ },
  ],
  [
    'why with no reason',
    '{ id: first, choices: [forwarding-of, none], answer: { why: { from: blue, to: 10.0.0.1 } } }',
    { message: /no reason forwarding-of; did you mean forwarding-off/ },
  ],
  [
    'why with a reason that is a part of another',
    '{ id: first, choices: [mtu-unheard, none], answer: { why: { from: blue, to: 10.0.0.1 } } }',
    { message: /no reason mtu-unheard/ },
  ],
  [
    'a node in a check of which',
    '{ id: first, answer: { which: { a: { text: { en: A, ko: 가 }, netns: { name: red } }, b: { text: { en: B, ko: 나 }, link: { on: bleu, name: e } } } } }',
    { message: /no node bleu/ },
  ],
];

for (const [name, prediction, problem] of wrong) {
  t.test(`reports the line: ${name}`, (t) => {
    const { lab, problems } = read(prediction);
    t.match(problems[0], { file: 'lab.yaml', severity: 'error', line: 15, ...problem });
    t.equal(lab, null);
    t.end();
  });
}

t.test('a question and its translation must be there, and be of the step', (t) => {
  const asked = `{ id: first, ${ping} }`;
  const korean = ko.replace(' {#first}', '');
  t.match(read(asked, { en, ko: korean }).problems, [
    { file: 'ko.md', line: 6, message: /first is not asked/ },
  ]);
  t.match(read(`{ id: frist, ${ping} }`).problems[0], {
    file: 'en.md',
    line: 5,
    message: /frist is not asked/,
  });
  t.match(read(`{ id: frist, ${ping} }`).problems[1], {
    file: 'en.md',
    message: /#first.*did you mean frist/,
  });
  t.end();
});
