import t from 'tap';
import { markOf, readLab } from '../../src/library/read.ts';

const yaml = `hoplab: 1
id: small
title: { en: Small, ko: 작은 실습 }
summary: { en: One namespace., ko: 네임스페이스 하나. }
minutes: 1
topology: {}
steps:
  - id: make
    solution: [ip netns add red, ip -n red link set lo up]
    checks:
      - { id: red, netns: { name: red } }
    faults:
      - { id: forgotten, change: [{ line: 1, run: null }], fails: red, reason: netns-missing }
`;
const fence = (...lines: string[]) => ['```sh host', ...lines, '```'].join('\n');
const add = 'ip netns add red';
const up = 'ip -n red link set lo up';
const both = `${fence(add)}\n\n${fence(up)}`;

/** A lab with these texts of its step; the Korean one is a translation of the English. */
function problemsOf(english: string, korean: string, changed = yaml) {
  const en = `# Small\n\nHello.\n\n## Make it {#make}\n\n${english}\n`;
  const marks = [markOf('Hello.'), markOf(english)].map((mark) => `<!-- translates: ${mark} -->`);
  const ko = `# 작은 실습\n${marks[0]}\n\n안녕하세요.\n\n## 만들기 {#make}\n${marks[1]}\n\n${korean}\n`;
  return readLab({ 'lab.yaml': changed, 'en.md': en, 'ko.md': ko }, 'track');
}

const sound: [string, string, string][] = [
  ['each line in a fence', both, both],
  [
    'all lines in one fence, other fences between',
    fence(add, up),
    `${fence(add, up)}\n\n\`\`\`text\nred\n\`\`\``,
  ],
  ['translated comments', fence(add, `${up} # loopback`), fence('# 추가', add, `${up} # 루프백`)],
];
for (const [name, english, korean] of sound) {
  t.test(`sound: ${name}`, (t) => {
    const { lab, problems } = problemsOf(english, korean);
    t.strictSame(problems, []);
    t.ok(lab);
    t.end();
  });
}

const wrong: [string, string, string, object[]][] = [
  [
    'a line of the solution is in neither text',
    fence(add),
    fence(add),
    [
      {
        file: 'en.md',
        line: 5,
        column: 1,
        message: /lacks a line of the solution.*: ip -n red link set lo up$/,
      },
      {
        file: 'ko.md',
        line: 6,
        column: 1,
        message: /lacks a line of the solution.*: ip -n red link set lo up$/,
      },
    ],
  ],
  [
    'a line is only shown as output',
    both,
    both.replace('```sh host', '```text'),
    [
      { file: 'ko.md', line: 6, column: 1, message: /fence marked sh host: ip netns add red$/ },
      { file: 'ko.md', line: 13, column: 1, message: /expected those of en.md, line 7$/ },
    ],
  ],
  [
    'another command in the translation',
    `${both}\n\n${fence('ip -n red addr')}`,
    `${both}\n\n${fence('ip -n red link')}`,
    [{ file: 'ko.md', line: 17, column: 1, message: /expected those of en.md, line 15$/ }],
  ],
  [
    'a fence more in the translation',
    both,
    `${both}\n\n${fence('ip netns')}`,
    [{ file: 'ko.md', line: 17, column: 1, message: /none: en.md has no such fence$/ }],
  ],
  [
    'a fence of a node that is nowhere',
    `${both}\n\n${fence('ip netns').replace('host', 'rad')}`,
    `${both}\n\n${fence('ip netns').replace('host', 'attic')}`,
    [
      { file: 'en.md', line: 15, column: 1, message: /there is no node rad; did you mean red\?$/ },
      { file: 'ko.md', line: 17, column: 1, message: /there is no node attic; expected one of host, red$/ },
      { file: 'ko.md', line: 17, column: 1, message: /expected those of en.md, line 15$/ },
    ],
  ],
  [
    'a line of the solution, to be typed on another node',
    both.replace('host', 'red'),
    both.replace('host', 'red'),
    [
      { file: 'en.md', line: 5, column: 1, message: /fence marked sh host: ip netns add red$/ },
      { file: 'ko.md', line: 6, column: 1, message: /fence marked sh host: ip netns add red$/ },
    ],
  ],
  [
    'another node in the translation',
    `${both}\n\n${fence('ip addr')}`,
    `${both}\n\n${fence('ip addr').replace('host', 'red')}`,
    [{ file: 'ko.md', line: 17, column: 1, message: /expected those of en.md, line 15$/ }],
  ],
  [
    'a fence less in the translation',
    `${both}\n\n${fence('ip netns')}`,
    both,
    [
      {
        file: 'ko.md',
        line: 6,
        column: 1,
        message: /a fence is missing; expected the one of en.md, line 15$/,
      },
    ],
  ],
];
for (const [name, english, korean, expected] of wrong) {
  t.test(`reports file, line and column: ${name}`, (t) => {
    const { lab, problems } = problemsOf(english, korean);
    t.equal(lab, null, 'the lab is not used');
    t.equal(problems.length, expected.length);
    for (const [index, each] of expected.entries()) t.match(problems[index], { severity: 'error', ...each });
    t.end();
  });
}

t.test('a step without a possible mistake: the lab is used, and lint warns', (t) => {
  const { lab, problems } = problemsOf(both, both, yaml.replace(/ {4}faults:\n.*\n/, ''));
  t.ok(lab);
  t.match(problems, [
    { file: 'lab.yaml', line: 8, column: 9, field: 'steps[0].id', severity: 'warning', message: /no fault/ },
  ]);
  t.equal(problems.length, 1);
  t.end();
});

t.test('a fence without a node: the lab is used, and lint warns that its lines cannot be clicked', (t) => {
  const unnamed = `${fence(add)}\n\n${fence(up).replace(' host', '')}`;
  const { lab, problems } = problemsOf(unnamed, unnamed);
  t.ok(lab);
  const message = /names no node.*expected ```sh NODE, with one of host, red$/;
  t.match(problems, [
    { file: 'en.md', line: 11, column: 1, severity: 'warning', message },
    { file: 'ko.md', line: 13, column: 1, severity: 'warning', message },
  ]);
  t.equal(problems.length, 2);
  t.end();
});

t.test('a rule that cannot be compared by its meaning: the lab is used, and lint warns', (t) => {
  const rule = (like: string) =>
    yaml.replace(
      '- { id: red, netns: { name: red } }',
      `- { id: red, netns: { name: red } }\n      - { id: rule, rule: { on: host, like: '${like}' } }`,
    );
  const { lab, problems } = problemsOf(
    both,
    both,
    rule('-A INPUT -m nonsense --word 1 -j ELSEWHERE2 --odd 3'),
  );
  t.ok(lab);
  t.match(problems, [
    { severity: 'warning', field: 'steps[0].checks[1].rule.like', message: /extension nonsense/ },
  ]);
  const bad = problemsOf(both, both, rule('no rule at all')).problems;
  t.match(bad, [{ severity: 'warning', message: /expected a rule as iptables takes it/ }]);
  t.strictSame(problemsOf(both, both, rule('-A INPUT -p tcp --dport 80 -j ACCEPT')).problems, []);
  t.end();
});
