import { type Language, languages, sourceLanguage } from '../language.ts';
import type { CodeBlock } from '../text/markdown.ts';
import { suggestion } from '../text/nearest.ts';
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
      const expected = `expected \`\`\`sh NODE, with one of ${nodes.join(', ')}`;
      const message = `the fence names no node to type its commands on; ${expected}`;
      return [inProse(file, line, message, 'warning')];
    }
    if (nodes.includes(node)) return [];
    const expected = suggestion(node, nodes) || `; expected one of ${nodes.join(', ')}`;
    return [inProse(file, line, `there is no node ${node}${expected}`)];
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
      const message = `the section lacks a line of the solution; expected in a fence marked sh ${on}: ${first}`;
      return inProse(file, section.line, message);
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
    const where = wanted ? `those of en.md, line ${wanted.line}` : 'none: en.md has no such fence';
    const message = `not the commands and node of the English text; expected ${where}`;
    return [inProse(file, typed[place]?.line ?? section.line, message)];
  }
  const missing = source[typed.length];
  if (!missing) return [];
  return [inProse(file, section.line, `a fence is missing; expected the one of en.md, line ${missing.line}`)];
}

/** Without comments, which may be translated. */
function commands(text: string): string {
  const bare = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return bare.filter((line) => line !== '').join('\n');
}
