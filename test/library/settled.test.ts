import t from 'tap';
import { labSchema } from '../../src/core/lab/schema.ts';
import { trackSchema } from '../../src/core/lab/track.ts';
import { labWithin, trackWithin } from '../../src/library/bounded-read.ts';
import { readLab } from '../../src/library/read.ts';
import { readTrack } from '../../src/library/tracks.ts';

const files = {
  'lab.yaml':
    'hoplab: 1\nid: x\ntitle: { en: A, ko: 가 }\nsummary: { en: A., ko: 가. }\nminutes: 1\ntopology: {}\nsteps:\n  - id: make\n    solution: [ip netns add red]\n    checks: [{ id: red, netns: { name: red } }]\n',
  'en.md': '# A\n\nHello.\n\n## Make {#make}\n\nType it.\n\n```sh host\nip netns add red\n```\n',
};

/** Properties of the schemas that have been reckoned, without reckoning any. */
function reckoned(): number {
  const seen = new Set<object>();
  const waiting: object[] = [labSchema, trackSchema];
  let count = 0;
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(one))) {
      count += 1;
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return count;
}

t.test('a reading that is ended in its midst leaves no schema half reckoned', (t) => {
  const before = reckoned();
  t.equal(labWithin({ ...files, 'lab.yaml': '' }, 'x', false, [1000]).lab, null);
  const settled = reckoned();
  t.ok(settled > before, 'the first with a limit finds everything reckoned');
  t.equal(readLab(files, 'x', false).lab?.id, 'x');
  readTrack('labs: [a]', 'x');
  trackWithin('labs: [a]', 'x');
  t.equal(reckoned(), settled, 'and reckons nothing more');
  t.end();
});
