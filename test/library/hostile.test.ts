import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import t from 'tap';
import { labWithin, trackWithin } from '../../src/library/bounded-read.ts';
import { KeptReadings } from '../../src/library/kept-readings.ts';
import { Library } from '../../src/library/library.ts';
import { ReadingThread } from '../../src/library/reading-thread.ts';

const yaml = (more = '') =>
  `hoplab: 1\nid: x\ntitle: { en: A, ko: 가 }\nsummary: { en: A., ko: 가. }\nminutes: 1\n${more}topology: {}\nsteps:\n  - id: make\n    solution: [ip netns add red]\n    checks: [{ id: red, netns: { name: red } }]\n`;
const sound = {
  'lab.yaml': yaml(),
  'en.md': '# A\n\nHello.\n\n## Make {#make}\n\nType it.\n\n```sh host\nip netns add red\n```\n',
};

/** Nine aliases of the one before, nine times: 387,420,489 values. */
const bomb = [...'abcdefghi']
  .map((name, at, all) => `${name}: &${name} [${Array(9).fill(at === 0 ? 'x' : `*${all[at - 1]}`)}]\n`)
  .join('');

/** Each key is compared with all before it: some seconds of processor time, more than these limits give. */
const endless = Array.from({ length: 26_000 }, (_, at) => `${at.toString(36)}:`).join('\n');

const limits = [400, 1600] as const;

t.test('files without an end, links and too large ones cost their own lab only', async (t) => {
  const root = t.testdir({
    track: {
      sound,
      fifo: { 'lab.yaml': yaml() },
      linked: { 'en.md': sound['en.md'] },
      large: { 'lab.yaml': `${'#\n'.repeat(70_000)}${yaml()}` },
      bomb: { 'lab.yaml': bomb, 'en.md': '# A\n' },
      many: {
        'lab.yaml': yaml(Array.from({ length: 500 }, (_, at) => `key${at}: 1\n`).join('')),
        'en.md': '',
      },
    },
    other: { 'track.yaml': bomb, ...{ y: { ...sound, 'lab.yaml': yaml().replace('id: x', 'id: y') } } },
  });
  mkdirSync(join(root, 'secret'));
  writeFileSync(join(root, 'secret', 'shadow'), 'root:secret:1\n');
  execFileSync('mkfifo', [join(root, 'track', 'fifo', 'en.md')]);
  symlinkSync(join(root, 'secret', 'shadow'), join(root, 'track', 'linked', 'lab.yaml'));
  const library = await Library.read([root]);
  t.strictSame(
    library
      .list()
      .map(({ id }) => id)
      .sort(),
    ['x', 'y'],
  );
  const brokenIn = (name: string) =>
    library.broken.find(({ directory }) => directory.endsWith(`/${name}`))?.problems;
  t.match(brokenIn('fifo'), [{ file: 'en.md', message: 'it is no plain file' }]);
  t.match(brokenIn('linked'), [{ file: 'lab.yaml', message: /symlink; expected a plain file/ }]);
  t.notMatch(JSON.stringify(library.broken), 'secret:1', 'a file of another place is not quoted');
  t.match(brokenIn('large'), [{ file: 'lab.yaml', message: /has 140\d\d\d bytes; expected at most 131072/ }]);
  t.match(brokenIn('bomb'), [{ file: 'lab.yaml', message: /alias/i }]);
  t.match(brokenIn('other'), [{ file: 'track.yaml', message: /alias/i }]);
  t.equal(brokenIn('many')?.length, 101);
  t.match(brokenIn('many')?.at(-1), { message: /and \d+ more problems/ });
});

t.test('a lab that takes too long is given up', (t) => {
  const slow = labWithin({ ...sound, 'lab.yaml': endless }, 'x', false, [200]);
  t.match(slow, { lab: null, problems: [{ severity: 'error', message: /takes longer than 0\.2 s/ }] });
  const unlimited = labWithin(sound, 'x', false, null);
  t.strictSame(
    unlimited.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  t.equal(unlimited.lab?.id, 'x', "hoplab's own have no limit");
  t.match(trackWithin(endless, 'x', [200]).problems, [{ file: 'track.yaml', message: /longer/ }]);
  t.strictSame(trackWithin('labs: [a]', 'x', null), trackWithin('labs: [a]', 'x'), 'nor have its tracks');
  t.end();
});

t.test('a busy computer is not taken for a hostile lab', (t) => {
  // As long as the thread waits here, the computer does something else.
  let waits = 0;
  const waiting = (milliseconds: number) => ({
    ...sound,
    get 'lab.yaml'() {
      waits += 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
      return sound['lab.yaml'];
    },
  });
  t.match(labWithin(waiting(300), 'x', false, [100, 20_000]), { lab: { id: 'x' }, problems: [] });
  t.ok(waits > 1, 'not in its first attempt');
  t.match(labWithin(waiting(300), 'x', false, [100]), { lab: null, late: true }, 'there is no other attempt');
  const slow = { ...sound, 'lab.yaml': endless };
  t.match(labWithin(slow, 'x', false, [200, 500]).problems, [{ message: /longer than 0\.[25] s/ }]);
  t.end();
});

t.test('files that clients send are judged beside them, one after another', async (t) => {
  const lint = new ReadingThread(limits);
  let turns = 0;
  const request = { files: { ...sound, 'lab.yaml': endless }, track: 'x', whole: false };
  const first = lint.lab(request);
  const second = lint.lab({ ...request, files: sound });
  const turning = setInterval(() => turns++, 10);
  t.match(await first, {
    lab: null,
    problems: [{ severity: 'error', message: /takes longer than (0.4|1.6) s/ }],
  });
  clearInterval(turning);
  t.ok(turns > 3, `the event loop turned ${turns} times meanwhile`);
  t.equal((await second).lab?.id, 'x');
});

t.test('files of a client that has gone are not read any more', async (t) => {
  const lint = new ReadingThread();
  const request = { files: sound, track: 'x', whole: false };
  const gone = new AbortController();
  const answers = Promise.all([
    lint.lab(request, gone.signal),
    lint.lab(request, gone.signal),
    lint.lab(request),
  ]);
  await lint.lab(request);
  gone.abort();
  t.equal((await lint.lab(request, gone.signal)).lab, null);
  t.strictSame(
    (await answers).map(({ lab }) => lab?.id),
    ['x', 'x', 'x'],
    'those of before were',
  );
});

t.test('labs that take too long hold nobody up, and are read again', async (t) => {
  const slow = Object.fromEntries([...'abcde'].map((name) => [name, { 'lab.yaml': endless }]));
  const root = t.testdir({ labs: { track: { ...slow, sound } } });
  const [labs, file] = [join(root, 'labs'), join(root, 'labs-read')];
  const begun = performance.now();
  let [last, longest] = [begun, 0];
  const turning = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const library = await Library.read([labs], new KeptReadings(file, 'one'), limits);
  clearInterval(turning);
  const whole = performance.now() - begun;
  t.ok(longest < whole / 2, `of ${whole} ms the event loop stood still for ${longest} at most`);
  const found = () =>
    library.broken.map(({ directory, problems: [first] }) => [directory.at(-1), first?.message]);
  t.match(found(), [
    ...['a', 'b', 'c'].map((name) => [name, /takes longer than (0.4|1.6) s/]),
    ...['d', 'e'].map((name) => [name, /not read yet: 3 others took too long/]),
  ]);
  t.strictSame(
    library.list().map(({ id }) => id),
    ['x'],
    'a sound one is read, however many others are slow',
  );
  const { readings } = deserialize(readFileSync(file)) as { readings: Map<string, unknown> };
  t.strictSame(
    [...readings.keys()].sort(),
    [join(labs, 'track'), join(labs, 'track', 'sound')],
    'the next daemon does not take them as read',
  );

  const first = library.broken[0]?.problems;
  await library.refresh();
  t.equal(library.broken[0]?.problems, first, 'not at once');
  const now = performance.now();
  t.intercept(performance, 'now', { value: () => now + 60_001 });
  writeFileSync(join(labs, 'track', 'b', 'lab.yaml'), yaml().replace('id: x', 'id: b'));
  await library.refresh();
  t.not(library.broken[0]?.problems, first);
});
