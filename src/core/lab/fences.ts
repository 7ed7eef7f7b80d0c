import { type Language, languages, sourceLanguage } from '../language.ts';
import type { CodeBlock } from '../text/markdown.ts';
import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import type { Step } from './lab.ts';
import type { Finding } from './problem.ts';
import { inProse, type ProseFile, proseFile, type Section, translations } from './prose-section.ts';

/** Commands to type stand in the text, each with its node, the same in every language. */
export function fenceFindings(
  sections: Record<Language, readonly Section[]>,
  steps: readonly Step[],
  nodes: readonly string[],
): Finding[] {
  return [
    ...languages.flatMap((language) =>
      sections[language].flatMap((section) => withoutNode(section, proseFile(language), nodes)),
    ),
    ...steps.flatMap((step) =>
      languages.flatMap((language) => missingLines(step, sections[language], proseFile(language))),
    ),
    ...translations.flatMap((language) =>
      sections[language].flatMap((section) => {
        const source = sections[sourceLanguage].find(({ id }) => id === section.id);
        return source ? otherCommands(section, proseFile(language), source) : [];
      }),
    ),
  ];
}

const fencesIn = ({ blocks }: Section) =>
  blocks.filter((block): block is CodeBlock => block.kind === 'code' && block.language === 'sh');

/**
 * The page types a command on the node that its fence names; only the fence decides. Without a name the lab
 * can still be done, by hand.
 */
function withoutNode(section: Section, file: ProseFile, nodes: readonly string[]): Finding[] {
  return fencesIn(section).flatMap(({ node, line }) => {
    if (node === null) {
      return [inProse(file, line, said('fence-without-node', { known: nodes.join(', ') }), 'warning')];
    }
    if (nodes.includes(node)) return [];
    const values = { node, near: nearest(node, nodes) ?? '', known: nodes.join(', ') };
    return [inProse(file, line, said('no-node', values))];
  });
}

/** Lines of the solution that the section does not have; a section that is not there lacks more than lines. */
function missingLines({ id, solution }: Step, sections: readonly Section[], file: ProseFile): Finding[] {
  const section = sections.find((each) => each.id === id);
  if (section === undefined) return [];
  const fences = fencesIn(section).map(({ node, text }) => ({ node, text: `\n${commands(text)}\n` }));
  return solution
    .map(({ on, run }) => ({ on, run: commands(run) }))
    .filter(
      ({ on, run }) => !fences.some(({ node, text }) => (node ?? on) === on && text.includes(`\n${run}\n`)),
    )
    .map(({ on, run }) => {
      const [first = ''] = run.split('\n');
      return inProse(file, section.line, said('line-not-in-section', { node: on, line: first }));
    });
}

/** Prose is translated; commands and their nodes are not. */
function otherCommands(section: Section, file: ProseFile, english: Section): Finding[] {
  const source = fencesIn(english);
  const typed = fencesIn(section);
  const same = (one: CodeBlock, other: CodeBlock | undefined) =>
    commands(one.text) === commands(other?.text ?? '') && one.node === other?.node;
  const place = typed.findIndex((fence, index) => !same(fence, source[index]));
  if (place >= 0) {
    const wanted = source[place];
    const words = wanted ? said('other-commands', { line: `${wanted.line}` }) : said('surplus-fence');
    return [inProse(file, typed[place]?.line ?? section.line, words)];
  }
  const missing = source[typed.length];
  if (!missing) return [];
  return [inProse(file, section.line, said('fence-missing', { line: `${missing.line}` }))];
}

/** Without comments, which may be translated. */
function commands(text: string): string {
  const bare = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return bare.filter((line) => line !== '').join('\n');
}
