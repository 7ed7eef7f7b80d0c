import t from 'tap';
import { markOf, readLab } from '../../src/library/read.ts';
import { tutorialFences } from '../support/tutorial.ts';

const yaml = `hoplab: 1
id: small
title: { en: Small, ko: 작은 실습 }
summary: { en: One namespace., ko: 네임스페이스 하나. }
minutes: 1
topology: {}
steps:
  - id: make
    solution: [ip netns add red]
    checks:
      - { id: red, netns: { name: red } }
    faults:
      - { id: forgotten, change: [{ line: 1, run: null }], fails: red, reason: netns-missing }
`;
const make = 'Type it.\n\n```sh host\nip netns add red\n```';
const en = `# Small\n\nHello.\n\n## Make it {#make}\n\n${make}\n`;
const ko = `# 작은 실습\n<!-- translates: ${markOf('Hello.')} -->\n\n안녕하세요.\n\n## 만들기 {#make}\n<!-- translates: ${markOf(make)} -->\n\n${make.replace('Type it.', '입력합니다.')}\n`;
const files = { 'lab.yaml': yaml, 'en.md': en, 'ko.md': ko };

/** The only problem of a lab whose yaml was changed in one place. */
function problemOf(from: string, to: string) {
  const changed = yaml.replace(from, to);
  if (changed === yaml) throw new Error(`nothing to replace: ${from}`);
  return readLab({ ...files, 'lab.yaml': changed }, 'track').problems;
}

t.test('a sound lab is read whole', (t) => {
  const { lab, problems } = readLab(files, 'track');
  t.strictSame(problems, []);
  t.match(lab, {
    id: 'small',
    track: 'track',
    machine: { root: 64, memory: 512 },
    topology: { nodes: [{ name: 'host', kind: 'machine' }] },
    steps: [
      {
        id: 'make',
        solution: [{ on: 'host', run: 'ip netns add red' }],
        checks: [{ kind: 'netns', args: { absent: false } }],
      },
    ],
    prose: { en: { steps: { make: { title: 'Make it', body: make } } }, ko: { intro: '안녕하세요.' } },
  });
  t.end();
});

const wrong: { name: string; from: string; to: string; problem: object }[] = [
  { name: 'broken YAML', from: 'topology: {}', to: 'topology: {', problem: { line: 7, message: /flow|\}/i } },
  {
    name: 'a key twice',
    from: 'minutes: 1',
    to: 'minutes: 1\nminutes: 2',
    problem: { line: 6, message: /unique/i },
  },
  {
    name: 'a word for a switch',
    from: 'topology: {}',
    to: 'topology: { nodes: { host: { sysctls: { net.ipv4.ip_forward: yes } } } }',
    problem: { line: 6, message: /^expected a number: 1 is on, 0 is off/ },
  },
  ...['net./../kernel.hostname', 'net.ipv4/../../kernel.hostname', 'net.ipv4.', 'net.ipv4.a b'].map(
    (key) => ({
      name: `${key} as a sysctl`,
      from: 'topology: {}',
      to: `topology: { nodes: { red: { sysctls: { '${key}': 1 } } } }`,
      problem: { line: 6, message: /expected a sysctl key/ },
    }),
  ),
  {
    name: 'a value of two lines',
    from: 'topology: {}',
    to: 'topology: { nodes: { red: { sysctls: { net.ipv4.ip_forward: "1\\n2" } } } }',
    problem: { line: 6, message: /expected one line/ },
  },
  {
    name: 'a route of two lines',
    from: 'topology: {}',
    to: 'topology: { nodes: { red: { routes: ["default via 10.0.0.1\\ntrue"] } } }',
    problem: { line: 6, message: /expected one line/ },
  },
  {
    name: 'a lab that no method can name',
    from: 'id: small',
    to: `id: ${'s'.repeat(65)}`,
    problem: { field: 'id', message: /64/ },
  },
  {
    name: 'a root larger than any machine gives',
    from: 'topology: {}',
    to: 'machine: { root: 9999M }\ntopology: {}',
    problem: { message: 'expected at most 2048M' },
  },
  {
    name: 'less memory than every machine has',
    from: 'topology: {}',
    to: 'machine: { memory: 100M }\ntopology: {}',
    problem: { message: 'expected at least 512M' },
  },
  {
    name: 'an unknown key, with the near one',
    from: 'minutes: 1',
    to: 'minuts: 1',
    problem: { line: 5, column: 9, message: 'unknown key minuts; did you mean minutes?' },
  },
  {
    name: 'a comma in a text without quotes',
    from: 'topology: {}',
    to: 'topology: { nodes: { red: { title: { en: red, and blue } } } }',
    problem: { message: /^unknown key and blue; a text with a comma .* stands in quotes/ },
  },
  {
    name: 'a missing key',
    from: 'minutes: 1\n',
    to: '',
    problem: { field: 'minutes', message: /missing; expected a number/ },
  },
  {
    name: 'a wrong type',
    from: 'minutes: 1',
    to: 'minutes: soon',
    problem: { line: 5, column: 10, field: 'minutes' },
  },
  {
    name: 'another version',
    from: 'hoplab: 1',
    to: 'hoplab: 2',
    problem: { line: 1, message: /the version of this format/ },
  },
  {
    name: 'an unknown node',
    from: 'solution: [ip netns add red]',
    to: 'solution: [ip netns add red, { on: reed, run: ip link }]',
    problem: { line: 9, field: 'steps[0].solution[1]', message: 'there is no node reed; did you mean red?' },
  },
  {
    name: 'a check of two kinds',
    from: 'netns: { name: red }',
    to: 'netns: { name: red }, route: { on: red, to: 1.2.3.4 }',
    problem: { line: 11, message: /a check asks one thing; here are netns, route/ },
  },
  {
    name: 'an unknown reason',
    from: 'netns: { name: red }',
    to: 'ping: { from: red, to: 1.2.3.4, expect: qqqqq }',
    problem: { line: 11, message: /there is no reason qqqqq; hoplab reasons lists them/ },
  },
  {
    name: 'an address without its prefix',
    from: 'netns: { name: red }',
    to: 'address: { on: red, address: 1.2.3.4 }',
    problem: { line: 11, message: /prefix length/ },
  },
  {
    name: 'a link name that is too long',
    from: 'netns: { name: red }',
    to: 'link: { on: red, name: abcdefghijklmnop }',
    problem: { line: 11, message: /15/ },
  },
  {
    name: 'an end without its node',
    from: 'topology: {}',
    to: 'topology: { links: [{ ends: [eth0, "host:eth1"] }] }',
    problem: { line: 6, message: /NODE:INTERFACE/ },
  },
  {
    name: 'a need that is no earlier check',
    from: 'id: red, ',
    to: 'id: red, needs: [blue], ',
    problem: { line: 11, message: /needs blue/ },
  },
  {
    name: 'until a step that does not come',
    from: 'id: red, ',
    to: 'id: red, until: make, ',
    problem: { line: 11, message: /a later step/ },
  },
  {
    name: 'a distribution of which so few requests tell nothing',
    from: 'netns: { name: red }',
    to: 'distribution: { from: red, url: "http://10.0.0.1/", backends: [a, b, c], requests: 30 }',
    problem: { line: 11, message: /too few requests to be sure with a false alarm of 0.000001/ },
  },
  {
    name: 'a distribution over one backend',
    from: 'netns: { name: red }',
    to: 'distribution: { from: red, url: "http://10.0.0.1/", backends: { a: 1, b: 0 } }',
    problem: { line: 11, message: /two backends or more/ },
  },
  {
    name: 'a fault of no check',
    from: 'fails: red',
    to: 'fails: reed',
    problem: { line: 13, message: 'no check reed in this step; did you mean red?' },
  },
];

for (const { name, from, to, problem } of wrong) {
  t.test(`reports file, line and field: ${name}`, (t) => {
    const problems = problemOf(from, to);
    t.ok(problems.length >= 1);
    t.match(problems[0], { file: 'lab.yaml', severity: 'error', ...problem });
    t.equal(readLab({ ...files, 'lab.yaml': yaml.replace(from, to) }, 'track').lab, null, 'it is not used');
    t.end();
  });
}

t.test('prose: missing, stale, of no step', (t) => {
  const problems = (changed: Partial<Record<keyof typeof files, string>>) =>
    readLab({ ...files, ...changed } as typeof files, 'x').problems;
  t.match(problems({ 'en.md': en.replace('Type it.', 'Type this.') }), [
    {
      file: 'ko.md',
      line: 6,
      message: new RegExp(`has changed.*translates: ${markOf(make.replace('it', 'this'))}`),
    },
  ]);
  t.match(problems({ 'ko.md': ko.replace(/<!--.*-->\n\n안녕/, '\n안녕') }), [
    { file: 'ko.md', line: 1, message: /does not say/ },
  ]);
  t.match(problems({ 'ko.md': ko.replace('입력합니다.\n\n', '') }), [
    { file: 'ko.md', line: 6, message: /has 0 paragraphs.*expected 1, as the section in en\.md, line 5$/ },
  ]);
  t.match(problems({ 'ko.md': ko.replace(/(## .*\n)(<!--.*-->\n)/, '$1$2$2') }), [
    { file: 'ko.md', line: 8, severity: 'error', message: /second mark/ },
  ]);
  t.match(problems({ 'en.md': en.replace('{#make}', '{#mak}') })[0], {
    file: 'en.md',
    message: 'step make has no section',
  });
  t.match(problems({ 'en.md': en.replace(' {#make}', '') })[0], {
    file: 'en.md',
    line: 5,
    message: /\{#step-id\}/,
  });
  const { 'ko.md': _, ...without } = files;
  t.match(readLab(without, 'x').problems, [{ file: 'ko.md', line: null, message: 'the file is missing' }]);
  t.end();
});

t.test('a heading inside a code fence is code', (t) => {
  const fenced = make.replace('```sh host', '```sh host\n# not a heading\n## nor this');
  const changed = {
    'en.md': en.replace(make, fenced),
    'ko.md': ko.replace(markOf(make), markOf(fenced)),
  };
  t.match(readLab({ ...files, ...changed }, 'x').lab?.prose.en.steps.make?.body, /## nor this/);
  t.end();
});

t.test("the tutorial's lab in labs/README.md is sound, with its fault and without", (t) => {
  const files: Record<string, string> = {};
  const problems: unknown[] = [];
  for (const { file, text, appended } of tutorialFences().filter(({ file }) => file !== null)) {
    files[file ?? ''] = appended ? `${files[file ?? '']}${text}` : text;
    if (Object.keys(files).length === 3) problems.push(readLab(files, 'example').problems);
  }
  t.strictSame(Object.keys(files).sort(), ['en.md', 'ko.md', 'lab.yaml']);
  t.match(problems, [[{ severity: 'warning', message: /no fault/ }], []]);
  t.end();
});
