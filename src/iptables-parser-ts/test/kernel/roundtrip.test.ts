import t, { type Test } from 'tap';
import {
  equivalent,
  parseRule,
  parseSave,
  type Rule,
  serializeRule,
  serializeSave,
} from '../../src/index.ts';
import { kernelForm } from '../../src/normalize.ts';
import { forgetText } from '../support/corpus.ts';
import { type Backend, type Family, Netns, program } from '../support/netns.ts';
import { Random, seed } from '../support/random.ts';
import { requireKernel } from '../support/requirements.ts';
import { comparable, writeSave } from '../support/written-save.ts';

requireKernel();

const RULES = 2500;

/** iptables up to 1.8.9 prints the names of all protocols, later ones only of those that bring a match of theirs. */
function named(rule: Rule): Rule {
  const { protocol } = kernelForm(rule);
  return protocol ? { ...rule, protocol } : rule;
}

async function roundTrip(t: Test, family: Family, backend: Backend): Promise<void> {
  const first = new Netns();
  const second = new Netns();
  try {
    await Promise.all([first.furnish(), second.furnish()]);
    const written = writeSave(new Random(seed), family, RULES);
    await first.restore(family, backend, written.text);
    const saved = await first.save(family, backend);
    const tree = parseSave(saved);

    t.equal(
      tree.tables.reduce((n, table) => n + table.rules.length, 0),
      RULES,
      'every rule is in the tree',
    );
    t.equal(serializeSave(tree), saved, 'byte for byte');
    t.equal(serializeSave(forgetText(tree)), saved, 'byte for byte from the tree alone');

    const different: string[] = [];
    for (const table of tree.tables) {
      const lines = written.rules.get(table.name) ?? [];
      t.equal(table.rules.length, lines.length, `rules of ${table.name}`);
      for (const [i, rule] of table.rules.entries()) {
        const typed = parseRule(lines[i] ?? '', { table: table.name, family });
        const same =
          serializeRule(kernelForm(typed)) === serializeRule(named(rule)) && equivalent(typed, rule);
        if (!same)
          different.push(
            `${lines[i]}\n  kernel ${serializeRule(rule)}\n  ours   ${serializeRule(kernelForm(typed))}`,
          );
      }
    }
    t.same(different, [], 'each rule as written has the form the kernel printed');

    const text = serializeSave(forgetText(tree));
    await second.must([program(family, backend, '-restore'), '--test'], text);
    await second.restore(family, backend, text);
    t.equal(comparable(await second.save(family, backend)), comparable(saved), 'saved again, the same');
  } finally {
    first.close();
    second.close();
  }
}

for (const family of ['ipv4', 'ipv6'] as const) {
  for (const backend of ['nft', 'legacy'] as const) {
    t.test(`${RULES} rules through ${program(family, backend)} and back (SEED=${seed})`, (t) =>
      roundTrip(t, family, backend),
    );
  }
}
