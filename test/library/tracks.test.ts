import t from 'tap';
import { prerequisiteProblems } from '../../src/core/lab/track.ts';
import { Library } from '../../src/library/library.ts';
import { markOf } from '../../src/library/read.ts';

const shipped = new URL('../../labs', import.meta.url).pathname;

const typed = '```sh host\nip netns add red\n```';
const lab = (id: string, more = '') => ({
  'lab.yaml': `hoplab: 1\nid: ${id}\ntitle: { en: A, ko: 가 }\nsummary: { en: A., ko: 가. }\nminutes: 1\n${more}topology: {}\nsteps:\n  - id: make\n    solution: [ip netns add red]\n    checks: [{ id: red, netns: { name: red } }]\n`,
  'en.md': `# A\n\nHello.\n\n## Make {#make}\n\nType it.\n\n${typed}\n`,
  'ko.md': `# 가\n<!-- translates: ${markOf('Hello.')} -->\n\n안녕.\n\n## 만들기 {#make}\n<!-- translates: ${markOf(`Type it.\n\n${typed}`)} -->\n\n입력.\n\n${typed}\n`,
});

t.test('every shipped lab has its place in a track with a title, after the labs it builds on', async (t) => {
  const library = await Library.read([shipped]);
  const ids = library.list().map(({ id }) => id);
  t.strictSame(
    library.tracks.map(({ id }) => id),
    [
      ...['switching-routing', 'names', 'namespaces', 'docker', 'kubernetes', 'kubernetes-security'],
      ...['services', 'playground'],
    ],
  );
  t.strictSame(
    library.tracks.flatMap(({ labs }) => labs),
    ids,
    'no lab is without a place',
  );
  for (const { id, after } of library.tracks)
    t.ok(after?.en && after.ko, `${id} says what one can do afterwards`);
  for (const { id, prerequisites } of library.list())
    for (const each of prerequisites) t.ok(ids.indexOf(each) < ids.indexOf(id), `${each} comes before ${id}`);
});

t.test('tracks by their order, labs by their place; what has none comes last', async (t) => {
  const root = t.testdir({
    aa: {
      'track.yaml': 'title: { en: Late, ko: 뒤 }\norder: 2\nlabs: [y, x]\n',
      x: lab('x'),
      y: lab('y'),
      w: lab('w'),
    },
    bb: {
      'track.yaml': 'title: { en: Early, ko: 앞 }\norder: 1\nlabs: [z]\n',
      z: lab('z', 'prerequisites: [y]\n'),
    },
    unnamed: { v: lab('v') },
  });
  const library = await Library.read([root]);
  t.strictSame(library.broken, []);
  t.strictSame(
    library.list().map(({ id }) => id),
    ['z', 'y', 'x', 'w', 'v'],
  );
  t.match(library.tracks, [
    { title: { ko: '앞' } },
    { id: 'aa' },
    { id: 'unnamed', title: { en: 'unnamed' } },
  ]);
});

t.test("reports faults of a track, and of a lab's prerequisites; the lab can be done", async (t) => {
  const root = t.testdir({
    aa: { 'track.yaml': 'title: { en: A }\norder: 1\nlabs: [x]\n', x: lab('x', 'prerequisites: [yy]\n') },
    bb: { 'track.yaml': 'title: { en: B, ko: 나 }\norder: 2\nlabs: [zz]\n', yyy: lab('yyy') },
    cc: { 'track.yaml': 'title: {', u: lab('u') },
  });
  const library = await Library.read([root]);
  const messages = library.broken.flatMap(({ problems }) =>
    problems.map(({ file, message }) => `${file}: ${message}`),
  );
  t.ok(messages.some((each) => each.startsWith('track.yaml: there is no lab zz')));
  t.ok(messages.some((each) => each === 'lab.yaml: there is no lab yy; did you mean yyy?'));
  t.equal(messages.length, 3);
  t.equal(library.list().length, 3);
});

t.test('a circle is found, however long', (t) => {
  const known = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['a']],
    ['e', ['e']],
    ['f', ['a']],
  ]);
  const of = (id: string) =>
    prerequisiteProblems({ id, prerequisites: known.get(id) ?? [] }, known).map(({ values }) => values.labs);
  t.strictSame(of('a'), ['a → b → d → a']);
  t.match(of('e'), ['e → e']);
  t.strictSame(of('f'), [], 'a circle elsewhere is not its own');
  t.strictSame(of('c'), []);
  t.end();
});
