import t from 'tap';
import { failed, verdict } from '../api/double.ts';
import { type Serving, serving } from './serving.ts';

/** Events of a session while `hoplab watch` follows it, to its end. */
async function happenings({ double }: Serving): Promise<void> {
  while (double.listening() === 0) await new Promise(setImmediate);
  double.emit('s1', { type: 'verdict', verdict: failed });
  double.emit('s1', { type: 'verdict', verdict: failed });
  double.emit('s1', { type: 'verdict', verdict: verdict('red') });
  double.emit('s1', { type: 'verdict', verdict: verdict('red') });
  double.emit('s1', { type: 'step-done', step: 'isolation' });
  double.emit('s1', { type: 'step-entered', step: 'veth-pair', how: 'advance' });
  double.emit('s1', { type: 'hint', step: 'veth-pair', check: 'ends', rung: 1 });
  double.emit('s1', { type: 'step-broken', step: 'isolation', check: 'red' });
  double.emit('s1', { type: 'step-mended', step: 'isolation' });
  double.emit('s1', { type: 'machine', machine: { state: 'gone', pid: 1, milliseconds: 1 } });
  double.emit('s1', { type: 'stopped' });
}

t.test('watch: a line for each change, until the session ends', async (t) => {
  const served = await serving(t);
  const [ended] = await Promise.all([served.run('watch'), happenings(served)]);
  t.match(ended, { code: 0, stderr: '' });
  const [first, ...lines] = ended.stdout.trim().split('\n');
  t.match(first, /^Session s1, step "Isolation"\./);
  t.ok(lines.every((line) => /^\d\d:\d\d:\d\d {2}/.test(line)));
  const shapes = [
    /FAIL +isolation\/red +\S/,
    /PASS +isolation\/red$/,
    /isolation is done/,
    /At step veth-pair/,
    /isolation was done and is broken now: red/,
    /isolation is repaired/,
    /gone/,
    /stopped/,
  ];
  t.equal(lines.length, shapes.length, 'a hint is no line, nor is a verdict that says the same again');
  for (const [index, shape] of shapes.entries()) t.match(lines[index], shape);
});

t.test('watch in Korean, and as JSON lines', async (t) => {
  const served = await serving(t);
  const [korean] = await Promise.all([served.run('watch', '--lang', 'ko'), happenings(served)]);
  t.match(korean.stdout, /깨졌습니다: red/);
  const other = await serving(t);
  const [json] = await Promise.all([other.run('watch', '--json'), happenings(other)]);
  const documents = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(documents[0], { snapshot: { id: 's1' }, from: 1 });
  t.strictSame(
    documents.slice(1).map(({ number }) => number),
    documents.slice(1).map((_, index) => index + 2),
    'every event, in order',
  );
  t.match(documents.at(-1), { session: 's1', event: { type: 'stopped' } });
});
