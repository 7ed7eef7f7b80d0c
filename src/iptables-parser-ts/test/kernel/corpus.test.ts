import t from 'tap';
import { equivalent, parseRule, parseSave, type Rule, serializeSave } from '../../src/index.ts';
import { forgetText, inOrder, saveOptions, written } from '../support/corpus.ts';
import { Netns, program } from '../support/netns.ts';
import { requireKernel } from '../support/requirements.ts';
import { comparable } from '../support/written-save.ts';

requireKernel();

const isVerbatim = (rule: Rule): boolean =>
  rule.target?.kind === 'unknown' || rule.matches.some((match) => match.kind === 'unknown');

for (const { name, family, text } of written()) {
  for (const backend of ['nft', 'legacy'] as const) {
    t.test(`${name} through ${backend}`, async (t) => {
      const first = new Netns();
      const second = new Netns();
      try {
        await Promise.all([first.furnish(), second.furnish()]);
        await first.restore(family, backend, text);
        const saved = await first.save(family, backend, ...saveOptions(backend));
        const save = parseSave(saved);
        t.equal(serializeSave(save), saved, 'byte for byte');

        const different: string[] = [];
        for (const table of save.tables) {
          const lines = inOrder(
            text,
            table.name,
            table.chains.map((c) => c.name),
          );
          t.equal(table.rules.length, lines.length, `rules of ${table.name}`);
          for (const [i, rule] of table.rules.entries()) {
            const typed = parseRule(lines[i] ?? '', { table: table.name, family });
            // Verbatim text has no meaning here: only its words are compared, and the kernel changes some.
            if (!isVerbatim(typed) && !equivalent(typed, rule)) different.push(lines[i] ?? '');
          }
        }
        t.same(different, [], 'each rule as written is equivalent to what the kernel has');

        const again = serializeSave(forgetText(save));
        await second.must([program(family, backend, '-restore'), '--test'], again);
        await second.restore(family, backend, again, '-c');
        t.equal(
          comparable(await second.save(family, backend, ...saveOptions(backend))),
          comparable(saved),
          'restored',
        );
      } finally {
        first.close();
        second.close();
      }
    });
  }
}
