import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { languages } from '../../src/core/language.ts';
import { type Glossary, markTerms, readGlossary } from '../../src/core/text/glossary.ts';
import { type Inline, parseMarkdown } from '../../src/core/text/markdown.ts';
import { plainText } from '../../src/core/text/plain-text.ts';
import { glossary as english } from '../../src/words/en/reasons.ts';
import { glossary as korean } from '../../src/words/ko/reasons.ts';

const [en, ko] = [readGlossary(english), readGlossary(korean)];
const glossaries: Record<(typeof languages)[number], Glossary> = { en, ko };

const marked = (text: string, glossary: Glossary) =>
  markTerms(parseMarkdown(text), glossary).flatMap((block) =>
    block.kind === 'paragraph' ? block.text.flatMap(termIn) : [],
  );
const termIn = (part: Inline) =>
  part.kind !== 'link' && part.term !== undefined ? [[part.text, part.term]] : [];

t.test('the first place of a term is marked, by its longest name, in text and in code', async (t) => {
  t.same(marked('A veth pair joins two namespaces; a veth has a namespace.', en), [
    ['veth pair', 'veth'],
    ['namespaces', 'netns'],
  ]);
  t.same(marked('The rule `MASQUERADE` needs `net.ipv4.ip_forward=1`, not `-j MASQUERADE`.', en), [
    ['MASQUERADE', 'masquerade'],
  ]);
  t.same(marked('Bridges: a podium, a PODS, veth0, red-veth, /etc/netns/red', en), [['Bridges', 'bridge']]);
  t.same(marked('arp is a command, ARP a protocol.', en), [['ARP', 'arp']]);
  t.same(marked('네임스페이스마다 veth가 있고, 생존에는 존이 없습니다.', ko), [
    ['네임스페이스', 'netns'],
    ['veth', 'veth'],
    ['존', 'zone'],
  ]);
  t.same(marked('**bridge** and [veth](https://veth.example/)', en), [], 'neither bold nor links');
  t.same(marked('Is `red` a namespace? {#which}', en), [], 'no question explains itself');
});

t.test('marking changes no letter of a text', async (t) => {
  const word = fc.constantFrom(
    'veth',
    'pair',
    's',
    ' ',
    '-',
    'NAT',
    '`',
    '존',
    '네임스페이스',
    '|',
    '- ',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const blocks = parseMarkdown(words.join(''));
      for (const language of languages)
        t.equal(plainText(markTerms(blocks, glossaries[language])), plainText(blocks));
    }),
  );
});

for (const language of languages) {
  const texts = globSync(`labs/*/*/${language}.md`).map((path) => readFileSync(path, 'utf8'));
  t.test(`${language}: every term is in a lab, and no name is two terms'`, async (t) => {
    t.ok(texts.length > 20);
    const all = texts.join('\n').toLowerCase();
    for (const [id, { names, meaning }] of Object.entries(glossaries[language])) {
      t.ok(
        names.some((name) => all.includes(name.toLowerCase())),
        `${id} is in a text`,
      );
      t.match(meaning, /[.]$/, `${id}: sentences`);
      t.ok(meaning.length < 200, `${id}: short`);
    }
    const names = Object.values(glossaries[language]).flatMap((term) =>
      term.names.map((each) => each.toLowerCase()),
    );
    t.same([...new Set(names)], names);
  });
}

t.test('the terms that CONTRIBUTING.md keeps for the field have a meaning here', async (t) => {
  const rows = readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| ([a-z]+) \| [^|]*`ip link/gm);
  const kept = [...rows].map(([, term = '']) => term);
  t.same(kept, ['interface', 'bridge']);
  t.same(
    kept.filter((term) => !(term in en)),
    [],
  );
});
