/** Plays labs as `hoplab test` does, without a daemon: node test/vm/accept.ts [LAB ...] */
import t from 'tap';
import { Library } from '../../src/library/library.ts';
import { testLab } from '../../src/session/acceptance/test-lab.ts';
import { workplace } from '../support/machines.ts';

const HOURS = 14_400_000;
const wanted = process.argv.slice(2);
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

// Run by node itself: tap would end all of it after half a minute.
t.setTimeout(HOURS);
t.test('labs', { timeout: HOURS }, (t) =>
  workplace(t, async ({ machines }) => {
    t.same(library.broken, [], 'no lab is left out because it cannot be read');
    const labs = library.list().filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    t.ok(labs.length >= Math.max(wanted.length, 1), 'all of these labs are there');
    for (const lab of labs) {
      await t.test(lab.id, { timeout: HOURS }, async (t) => {
        const began = performance.now();
        const { ok, parts } = await testLab(lab, machines, () => {});
        const seconds = ((performance.now() - began) / 1000).toFixed(0);
        console.error(`${lab.id}: ${ok ? 'passes' : 'FAILS'}, ${parts.length} parts, ${seconds} s`);
        for (const { part, step, fault, detail } of parts.filter((each) => !each.ok))
          console.error(`  ${part} of ${step}${fault === null ? '' : ` (${fault})`}: ${detail}`);
        t.ok(ok, lab.id);
      });
    }
  }),
);
