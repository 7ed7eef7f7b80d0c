import t from 'tap';
import { stringify } from 'yaml';
import { readLab } from '../../src/library/read.ts';

type Changes = Record<string, unknown>;

/** A small sound lab, and what is wrong with it after a change. */
function lab({ topology = {}, step = {}, fault = {}, ...rest }: Changes = {}) {
  return stringify({
    ...{ hoplab: 1, id: 'a', title: { en: 'A', ko: 'A' }, summary: { en: 'A', ko: 'A' }, minutes: 1 },
    ...{ requires: ['veth'], ...rest },
    topology: {
      nodes: { red: {}, blue: {} },
      links: [{ ends: ['red:eth0 10.0.0.1/24', 'blue:eth0 10.0.0.2/24'] }],
      ...(topology as object),
    },
    steps: [
      {
        id: 'one',
        solution: [{ on: 'red', run: 'ip link set eth0 mtu 1400' }],
        checks: [{ id: 'mtu', link: { on: 'red', name: 'eth0', mtu: 1400 } }],
        faults: [
          {
            id: 'wrong',
            change: [{ line: 1, run: 'true' }],
            ...{ fails: 'mtu', reason: 'wrong-value' },
            ...(fault as object),
          },
        ],
        ...(step as object),
      },
    ],
  });
}

const prose = '# A\n\nA.\n\n## One {#one}\n\n```sh red\nip link set eth0 mtu 1400\n```\n';
const check = (check: object) => ({ step: { checks: [{ id: 'mtu', ...check }] } });
const ping = { from: 'red', to: '10.0.0.2' };
const control = { from: 'red', to: '10.0.0.1' };

/** Errors that only a start or an acceptance run found before, and lint's message, with its line. */
const wrong: [name: string, changes: Changes, said: RegExp][] = [
  ['a prefix', { topology: { links: [{ ends: ['red:eth0 10.1.0.310/24', 'blue:eth0'] }] } }, /310\/24/],
  ['a feature', { requires: ['vxlna'] }, /there is no feature vxlna; did you mean vxlan\?/],
  ['a kind of link', check({ link: { on: 'red', name: 'eth0', kind: 'vtth' } }), /did you mean veth\?/],
  ['a line of a fault', { fault: { change: [{ line: 14, run: null }] } }, /no line 14; the solution has 1/],
  [
    'a node that is like no other',
    { fault: { change: [{ line: 1, on: 'gateway' }] } },
    /no node gateway; expected one of host, /,
  ],
  ['a node of a fault', { fault: { change: [{ line: 1, on: 'blu' }] } }, /no node blu; did you mean blue\?/],
  ['nothing changed by a fault', { fault: { change: [{ line: 1 }] } }, /expected `run`/],
  ['a reason', { fault: { reason: 'wrong-valu' } }, /no reason wrong-valu; did you mean wrong-value\?/],
  ['an expected reason', check({ ping: { ...ping, expect: 'no-rote', control } }), /did you mean no-route\?/],
  ['a control without expect', check({ ping: { ...ping, control } }), /`expect`, the reason .* is missing/],
  ['a control of a path', check({ path: { ...ping, through: ['blue'], control } }), /`ends` with a reason/],
  ['two kinds', check({ ping, link: { on: 'red', name: 'eth0' } }), /here are link, ping/],
  [
    'a link of run',
    { topology: { nodes: { red: { run: ['ip link set eth9 up'] }, blue: {} } } },
    /interface eth9/,
  ],
  [
    'a link of a solution',
    { step: { solution: [{ on: 'red', run: 'ip link set eht0 mtu 1400' }] } },
    /nothing makes the interface eht0 of this line; did you mean eth0\?/,
  ],
  ['a step called all', { step: { id: 'all' } }, /may not be called all/],
  [
    'a tunnel without its feature',
    { topology: { tunnels: [{ end: 'red:vx0', id: 5, remote: '10.0.0.2' }] } },
    /tunnels need `vxlan`/,
  ],
];

t.test('sound as it is', async (t) => {
  t.strictSame(readLab({ 'lab.yaml': lab(), 'en.md': prose, 'ko.md': marked(prose) }, 'x').problems, []);
});

for (const [name, changes, expected] of wrong) {
  t.test(`lint finds ${name}`, async (t) => {
    const { lab: read, problems } = readLab({ 'lab.yaml': lab(changes), 'en.md': prose }, 'x', false);
    const found = problems.find(({ message }) => expected.test(message));
    t.match(found, { file: 'lab.yaml', severity: 'error', line: Number, column: Number });
    t.equal(read, null);
  });
}

t.test('two hosts on one wire with one address are a warning; on two wires they are none', async (t) => {
  const links = (other: string) => ({
    topology: {
      nodes: { red: {}, blue: {}, far: {} },
      bridges: { br0: {} },
      links: [
        { ends: ['red:eth0 10.0.0.1/24', 'host:p1'], master: 'br0' },
        { ends: ['blue:eth0 10.0.0.1/24', `${other}:p2`], ...(other === 'host' ? { master: 'br0' } : {}) },
      ],
    },
  });
  const warned = (other: string) =>
    readLab({ 'lab.yaml': lab(links(other)), 'en.md': prose }, 'x', false).problems.filter(({ message }) =>
      message.includes('same wire'),
    );
  t.match(warned('host'), [{ severity: 'warning', message: /10\.0\.0\.1 is the address of red:eth0/ }]);
  t.strictSame(warned('far'), []);
});

t.test('a bridge whose frames the rules of its node may see or not is a warning', async (t) => {
  const bridged = (host: object) => ({
    topology: {
      nodes: { red: {}, blue: {}, host },
      bridges: { br0: {} },
      links: [
        { ends: ['red:eth0 10.0.0.1/24', 'host:p1'], master: 'br0' },
        { ends: ['blue:eth0 10.0.0.2/24', 'host:p2'], master: 'br0' },
      ],
    },
  });
  const warned = (host: object) =>
    readLab({ 'lab.yaml': lab(bridged(host)), 'en.md': prose }, 'x', false).problems.filter(({ message }) =>
      message.includes('bridge-nf-call'),
    );
  t.match(warned({}), [
    { severity: 'warning', field: 'topology.bridges.br0', message: /^host does not/, line: Number },
  ]);
  t.strictSame(warned({ sysctls: { 'net.bridge.bridge-nf-call-iptables': 0 } }), []);
});

t.test('lint reports a tab once', async (t) => {
  const { problems } = readLab({ 'lab.yaml': lab().replace('\n  nodes', '\n\tnodes') }, 'x');
  t.match(problems, [{ message: /^a tab/, line: Number }]);
  t.equal(problems.length, 1);
});

t.test('a lab may begin in one language; in this repository it may not', async (t) => {
  const files = { 'lab.yaml': lab({ title: { en: 'Only' } }), 'en.md': prose };
  const { lab: read, problems } = readLab(files, 'x', false);
  t.match(read, { title: { en: 'Only', ko: 'Only' }, prose: { ko: { steps: { one: { title: 'One' } } } } });
  t.match(problems, [
    { file: 'ko.md', severity: 'warning' },
    { file: 'lab.yaml', severity: 'warning', message: /ko is missing/ },
  ]);
  t.equal(readLab(files, 'x', true).lab, null);
  const korean = readLab({ 'lab.yaml': lab(), 'ko.md': prose }, 'x', false);
  t.match(korean.lab, { prose: { en: { intro: 'A.' } } }, 'Korean first is as good');
  t.equal(readLab({ 'lab.yaml': lab() }, 'x', false).lab, null, 'without any prose it is none');
});

t.test('a section that has fallen behind names its mark', async (t) => {
  const { problems } = readLab({ 'lab.yaml': lab(), 'en.md': prose, 'ko.md': prose }, 'x', false);
  t.match(problems, [
    { file: 'ko.md', line: 1, severity: 'warning', mark: /^[0-9a-f]{8}$/ },
    { file: 'ko.md', line: 5, severity: 'warning', mark: /^[0-9a-f]{8}$/ },
  ]);
});

t.test('a fault may move a line to another node', async (t) => {
  const moved = lab({ fault: { change: [{ line: 1, on: 'blue' }] } });
  const { lab: read } = readLab({ 'lab.yaml': moved, 'en.md': prose }, 'x', false);
  t.match(read?.steps[0]?.faults[0], {
    lines: [{ on: 'blue', run: 'ip link set eth0 mtu 1400' }],
    changes: [{ line: 0, on: 'blue', run: 'ip link set eth0 mtu 1400' }],
  });
});

/** The text with the marks that lint asks for. */
function marked(text: string): string {
  const files = { 'lab.yaml': lab(), 'en.md': text, 'ko.md': text };
  const lines = text.split('\n');
  for (const { line, mark } of readLab(files, 'x').problems.toReversed())
    lines.splice(line ?? 0, 0, `<!-- translates: ${mark} -->`);
  return lines.join('\n');
}
