import { inEachLanguage, type Language, languages, sourceLanguage } from '../language.ts';
import { parseMarkdown } from '../text/markdown.ts';
import { said } from '../text/said.ts';
import { fenceFindings } from './fences.ts';
import { knownNodes } from './known-nodes.ts';
import type { Lab, Prose, Step } from './lab.ts';
import type { Finding } from './problem.ts';
import { questionFindings, withQuestions } from './prose-questions.ts';
import { inProse, type ProseFile, proseFile, type Section, translations } from './prose-section.ts';

/** A prose file: `# Title`, an introduction, then per step `## Title {#step-id}`. */
function parseProse(text: string, file: ProseFile): { sections: Section[]; findings: Finding[] } {
  const blocks = parseMarkdown(text);
  const lines = text.split('\n');
  const headings = blocks.filter((block) => block.kind === 'heading' && block.level <= 2);
  const findings: Finding[] = [];
  const sections = headings.map(({ line }, index): Section => {
    const end = headings[index + 1]?.line ?? lines.length + 1;
    const [, level, words = ''] = /^(##?) (.*)$/.exec(lines[line - 1] ?? '') ?? [];
    const step = /^(.*\S) +\{#([a-z0-9-]+)\}$/.exec(words);
    if (level === '##' && !step) findings.push(inProse(file, line, said('heading-without-step')));
    const mark = /^<!-- translates: ([0-9a-f]{8}) -->$/.exec(lines[line] ?? '');
    if (mark !== null && lines[line + 1]?.startsWith('<!-- translates: '))
      findings.push(inProse(file, line + 2, said('marked-twice')));
    return {
      id: level === '#' ? null : (step?.[2] ?? ''),
      title: step?.[1] ?? words,
      body: lines
        .slice(mark ? line + 1 : line, end - 1)
        .join('\n')
        .trim(),
      blocks: blocks.filter((block) => block.line > line && block.line < end),
      line,
      translates: mark?.[1] ?? null,
    };
  });
  return { sections, findings };
}

/**
 * Every language of a lab. English is written first; each section of another language carries the mark of the
 * English text it translates, so that lint finds a section that has fallen behind.
 * @param hash first 8 hex digits of the sha256 of a text; given from outside, since core computes no hashes.
 */
export function readProse(
  texts: Record<Language, string>,
  { steps, topology }: Pick<Lab, 'steps' | 'topology'>,
  hash: (text: string) => string,
): { prose: Record<Language, Prose>; steps: Step[]; findings: Finding[] } {
  const ids = steps.map(({ id }) => id);
  const parsed = inEachLanguage((language) => parseProse(texts[language], proseFile(language)));
  const sections = inEachLanguage((language) => parsed[language].sections);
  const source = sections[sourceLanguage];
  return {
    prose: inEachLanguage((language) => {
      // A section without a translation keeps its original text.
      const own = proseOf(sections[language]);
      return { ...own, steps: { ...proseOf(source).steps, ...own.steps } };
    }),
    steps: steps.map((step) => withQuestions(step, sections)),
    findings: [
      ...languages.flatMap((language) => parsed[language].findings),
      ...languages.flatMap((language) => completeness(sections[language], proseFile(language), ids)),
      ...languages.flatMap((language) => questionFindings(sections[language], proseFile(language), steps)),
      ...fenceFindings(sections, steps, knownNodes(topology, steps)),
      ...translations.flatMap((language) =>
        sections[language].flatMap((section) => staleness(section, proseFile(language), source, hash)),
      ),
    ],
  };
}

const sourceFile = proseFile(sourceLanguage);

function proseOf(sections: readonly Section[]): Prose {
  const steps = sections.flatMap(({ id, title, body }) =>
    id === null ? [] : [[id, { title, body }] as const],
  );
  return { intro: sections.find(({ id }) => id === null)?.body ?? '', steps: Object.fromEntries(steps) };
}

function completeness(sections: readonly Section[], file: ProseFile, steps: readonly string[]): Finding[] {
  const ids = sections.map(({ id }) => id);
  return [
    ...(ids[0] === null ? [] : [inProse(file, 1, said('no-beginning'))]),
    ...steps
      .filter((step) => !ids.includes(step))
      .map((step) => ({
        ...inProse(file, 1, said('no-section', { step })),
        ...(file === sourceFile ? {} : { translation: true as const }),
      })),
    ...sections
      .filter(({ id }, index) => id !== null && (!steps.includes(id) || ids.indexOf(id) !== index))
      .map(({ id, line }) => inProse(file, line, said('section-of-no-step', { section: id ?? '' }))),
    ...sections
      .filter(({ body }) => body === '')
      .map(({ line }) => inProse(file, line, said('section-empty'))),
  ];
}

function staleness(
  section: Section,
  file: ProseFile,
  english: readonly Section[],
  hash: (text: string) => string,
): Finding[] {
  const source = english.find(({ id }) => id === section.id);
  if (!source) return [];
  const now = hash(source.body);
  if (section.translates === now) return shortened(section, file, source);
  const code = section.translates === null ? 'not-marked' : 'outdated';
  return [{ ...inProse(file, section.line, said(code, { mark: now })), translation: true, mark: now }];
}

/** A translation keeps the paragraphs, lists and tables of its original: what has been lost is seen by their number. */
function shortened(section: Section, file: ProseFile, source: Section): Finding[] {
  const words = (blocks: Section['blocks']) => blocks.filter(({ kind }) => kind !== 'code').length;
  const [own, wanted] = [words(section.blocks), words(source.blocks)];
  if (own === wanted) return [];
  const values = { own: String(own), wanted: String(wanted), line: String(source.line) };
  return [{ ...inProse(file, section.line, said('other-blocks', values)), translation: true }];
}
