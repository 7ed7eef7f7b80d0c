import t from 'tap';
import { readLab } from '../../src/library/read.ts';

/** What authors get wrong by habit, each in an otherwise sound lab: the first problem, with its place and cause. */
const yaml = `hoplab: 1
id: small
title: { en: Small, ko: 작은 실습 }
summary: { en: Two hosts., ko: 호스트 둘. }
minutes: 1
requires: [veth]
topology:
  nodes:
    red: { kind: host, routes: [default via 10.0.0.2] }
    blue: { kind: host }
  links:
    - ends: [red:eth0 10.0.0.1/24, blue:eth0 10.0.0.2/24]
steps:
  - id: make
    solution:
      - { on: red, run: ip addr add 10.0.0.3/24 dev eth0 }
    checks:
      - { id: red, ping: { from: red, to: 10.0.0.2 } }
    faults:
      - { id: forgotten, change: [{ line: 1, run: null }], fails: red, reason: no-route }
`;
const prose = '# Small\n\nHello.\n\n## Make it {#make}\n\n```sh red\nip addr add 10.0.0.3/24 dev eth0\n```\n';

const ends = 'ends: [red:eth0 10.0.0.1/24, blue:eth0 10.0.0.2/24]';
const nodes = yaml.slice(yaml.indexOf('    red:'), yaml.indexOf('  links:'));
const line = '- { on: red, run: ip addr add 10.0.0.3/24 dev eth0 }';
const ping = 'ping: { from: red, to: 10.0.0.2 }';
const end = 'topology.links[0].ends[0]';
const [inCheck, inSolution, inChange] = ['checks[0]', 'solution[0]', 'faults[0].change'].map(
  (field) => `steps[0].${field}`,
);

type Place = [line: number, field?: string | undefined];
const wrong: [name: string, from: string, to: string, place: Place, message: RegExp][] = [
  [
    'a gateway on no network of the node',
    'default via 10.0.0.2',
    'default via 10.9.0.2',
    [9, 'topology.nodes.red.routes[0]'],
    /^the gateway 10\.9\.0\.2 is on no network of red, which has 10\.0\.0\.1\/24$/,
  ],
  [
    'an end as a mapping',
    ends,
    'ends: [{ red: eth0 }, blue:eth0]',
    [12, end],
    /^a mapping; .*NODE:INTERFACE/,
  ],
  ['a space in an end', ends, 'ends: [red: eth0, blue:eth0]', [12, end], /without a space after its colon/],
  [
    'keys of an end',
    ends,
    'ends: [{ node: red, link: eth0 }, blue:eth0]',
    [12, end],
    /^a mapping; .*NODE:INT/,
  ],
  [
    'a number as an end',
    ends,
    'ends: [1, blue:eth0]',
    [12, end],
    /expected one text `NODE:INTERFACE .*, not 1/,
  ],
  [
    'an end without interface',
    ends,
    'ends: [red, blue:eth0]',
    [12, end],
    /NODE:INTERFACE ADDRESS.*, not red$/,
  ],
  ['a comma in an end', ends, 'ends: ["red:eth0,10.0.0.1/24", blue:eth0]', [12, end], /, not red:eth0,10\.0/],
  [
    'ends as a mapping',
    ends,
    'ends: { red: eth0 }',
    [12, 'topology.links[0].ends'],
    /a list .*, found a mapping/,
  ],
  ['one end', ends, 'ends: [red:eth0]', [12, 'topology.links[0].ends'], /a list of 2 or more/],
  [
    'no prefix',
    ends,
    'ends: [red:eth0 10.0.0.1, blue:eth0]',
    [12, end],
    /prefix length, .*, not 10\.0\.0\.1$/,
  ],
  [
    'an MTU with a unit',
    ends,
    `${ends}\n      mtu: 1500B`,
    [13, 'topology.links[0].mtu'],
    /number, .*: 1500B/,
  ],
  ['nodes as a list', nodes, '    - red\n    - blue\n', [9, 'topology.nodes'], /a mapping .*, found a list/],
  [
    'links as a mapping',
    `- ${ends}`,
    `one: { ${ends} }`,
    [12, 'topology.links'],
    /a list .*, found a mapping/,
  ],
  ['steps as a mapping', '  - id: make', '  make:', [14, 'steps'], /a list .*, found a mapping/],
  ['bridges as a list', '  links:', '  bridges: [br0]\n  links:', [11, 'topology.bridges'], /found a list/],
  [
    'a bridge of nothing',
    '  links:',
    '  bridges:\n    b:\n  links:',
    [12, 'topology.bridges.b'],
    /found nothing/,
  ],
  [
    'no list of routes',
    '[default via 10.0.0.2]',
    'default',
    [9, 'topology.nodes.red.routes'],
    /a list .*: default/,
  ],
  [
    'a node of no kind',
    'blue: { kind: host }',
    'blue: { kind: hots }',
    [10],
    /netns, not hots; did you mean host\?/,
  ],
  ['a name with _', 'blue: {', 'blue_1: {', [10, 'topology.nodes.blue_1'], /a node name: .*, not blue_1/],
  ['a sysctl elsewhere', 'kind: host }', 'sysctls: { vm.swappiness: 1 } }', [10], /only net\.\* .*vm\.swap/],
  [
    'a setting of true',
    'kind: host }',
    'sysctls: { net.ipv4.ip_forward: true } }',
    [10],
    /or a number, .*: true/,
  ],
  ['a text for a list', '[veth]', 'veth', [6, 'requires'], /a list .*, found a text: veth/],
  [
    'a title in no language',
    '{ en: Small, ko: 작은 실습 }',
    'Small',
    [3, 'title'],
    /a mapping .*a text: Small/,
  ],
  ['minutes in words', 'minutes: 1', 'minutes: 5 min', [5, 'minutes'], /a number, found a text: 5 min/],
  ['a half minute', 'minutes: 1', 'minutes: 1.5', [5, 'minutes'], /a whole number, found .*: 1\.5/],
  ['a name with spaces', 'id: small', 'id: Small Lab', [2, 'id'], /joined by hyphens.*, not Small Lab/],
  [
    'the kind as a value',
    ping,
    'kind: ping, from: red',
    [18, inCheck],
    /kind; ping is a key of its own here/,
  ],
  ['a check of a text', ping, 'ping: 10.0.0.2', [18, `${inCheck}.ping`], /a mapping .*: 10\.0\.0\.2/],
  ['a misspelt kind', 'ping:', 'pign:', [18, inCheck], /unknown key pign; did you mean ping\?/],
  ['a node for an address', 'to: 10.0.0.2', 'to: blue', [18], /an IP address, .*, not blue/],
  [
    'a truth for a reason',
    'to: 10.0.0.2',
    'to: 10.0.0.2, expect: no',
    [18],
    /no reason no; did you mean no-/,
  ],
  ['false for a reason', 'to: 10.0.0.2', 'to: 10.0.0.2, expect: false', [18], /a reason, not false/],
  ['no list of needs', 'id: red,', 'id: red, needs: red,', [18, `${inCheck}.needs`], /a list .*: red/],
  [
    'a line by its node',
    line,
    '- red: ip link',
    [16, inSolution],
    /unknown key red; the keys here are on, run/,
  ],
  ['a misspelt run', 'run: ip', 'rn: ip', [16, inSolution], /unknown key rn; did you mean run\?/],
  ['a comma in a line', line, '- { on: red, run: echo a, b }', [16, inSolution], /comma .* stands in quotes/],
  ['a colon in a line', line, '- ip link: up', [16, inSolution], /colon and a space in it stands in quotes/],
  ['a line as a list', line, '- [red, ip link]', [16, inSolution], /a command, or `\{ on: NODE, run/],
  [
    'one change',
    '[{ line: 1, run: null }]',
    '{ line: 1, run: null }',
    [20, inChange],
    /a list .*, found a mapping/,
  ],
  ['lines from 0', '{ line: 1', '{ line: 0', [20, `${inChange}[0].line`], /at least 1, not 0/],
  ['a key twice', 'minutes: 1', 'minutes: 1\nid: x', [6], /a key is there twice/],
  ['a tab', '    blue: {', '\tblue: {', [10], /^a tab; YAML is indented by spaces/],
  ['two colons', '{ en: Small, ko: 작은 실습 }', 'Small: a lab', [3], /a text with `: ` stands in quotes/],
  ['no space after a colon', 'minutes: 1', 'minutes:1', [5], /with a space after the colon/],
  ['an open quote', 'minutes: 1', 'minutes: "1', [5], /a quote is opened and not closed/],
  ['an open bracket', '[veth]', '[veth', [7], /opened and not closed; expected `\]`/],
  ['a crooked line', '    blue: {', '   blue: {', [10], /the indentation fits no line above/],
  ['a star', 'id: small', 'id: *small', [2], /`&` and `\*` at the beginning/],
  ['an at sign', 'run: ip addr add', 'run: @ip addr add', [16], /may not begin with this character \(@\)/],
  ['two documents', 'steps:', '---\nsteps:', [13], /a second document begins here/],
  ['an empty file', yaml, '', [1], /a mapping .*, found nothing/],
];

for (const [name, from, to, [line, field], message] of wrong) {
  t.test(`names the cause: ${name}`, (t) => {
    t.ok(yaml.includes(from));
    const changed = yaml.replace(from, () => to);
    const { lab, problems } = readLab({ 'lab.yaml': changed, 'en.md': prose }, 'x', false);
    const [first, ...more] = problems.filter(({ severity }) => severity === 'error');
    // A gateway needs the address whose prefix is missing: its problem is another place to look.
    const known = name === 'no prefix' ? 1 : 0;
    t.equal(more.length, known, `one error is said once: ${more.map((one) => one.message)}`);
    t.match(first, { file: 'lab.yaml', line, message, ...(field === undefined ? {} : { field }) });
    t.match(first?.words.ko, /[가-힣]{2}/);
    t.notMatch(first?.words.ko, /\b(is|are|expected|found)\b/, 'no English sentence');
    t.equal(lab, null);
    t.end();
  });
}

t.test('the lab they are written into is sound', (t) => {
  const { problems } = readLab({ 'lab.yaml': yaml, 'en.md': prose }, 'x', false);
  t.strictSame(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  t.end();
});

t.test('a tunnel that the solution makes, of a feature that the lab does not require', (t) => {
  const made = '- { on: red, run: ip link add vx type vxlan id 1 remote 10.0.0.2 dstport 4789 }';
  const warnings = (text: string) =>
    readLab({ 'lab.yaml': text.replace(line, made), 'en.md': prose }, 'x', false).problems.filter(
      ({ severity, message }) => severity === 'warning' && /vxlan/.test(message),
    );
  const [first] = warnings(yaml);
  t.match(first, { file: 'lab.yaml', line: 16, message: 'tunnels need `vxlan` in `requires`' });
  t.strictSame(warnings(yaml.replace('[veth]', '[veth, vxlan]')), []);
  t.end();
});
