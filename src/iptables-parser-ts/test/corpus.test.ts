import t from 'tap';
import { matchExtensions, targetExtensions } from '../src/extensions.ts';
import { parseSave, serializeSave } from '../src/index.ts';
import { forgetText, saved } from './support/corpus.ts';

const saves = saved();
t.ok(saves.length >= 20, 'there is a corpus');

for (const { name, text, family } of saves) {
  t.test(name, async (t) => {
    const save = parseSave(text);
    t.equal(serializeSave(save), text, 'byte for byte');
    t.equal(serializeSave(forgetText(save)), text, 'byte for byte from the tree alone');
    t.equal(save.family, family);
  });
}

t.test('the corpus holds every match and target that has a grammar', async (t) => {
  const rules = saves.flatMap(({ text }) => parseSave(text).tables.flatMap((table) => table.rules));
  const matches = new Set<string>(rules.flatMap((rule) => rule.matches.map((m) => m.kind)));
  const targets = new Set<string>(rules.map((rule) => rule.target?.kind ?? 'none'));
  for (const { kind } of matchExtensions.values()) t.ok(matches.has(kind), `-m ${kind}`);
  for (const { kind } of targetExtensions.values()) t.ok(targets.has(kind), `-j ${kind}`);
  for (const kind of ['jump', 'goto', 'unknown', 'none']) t.ok(targets.has(kind), kind);
});
