import { fenceFindings } from './fences.ts';
import type { Prose, Step } from './lab.ts';
import type { Finding } from './problem.ts';
import { questionFindings, withQuestions } from './prose-questions.ts';
import { inProse, type ProseFile, type Section } from './prose-section.ts';

/** A prose file: `# Title`, an introduction, then per step `## Title {#step-id}`. */
export function parseProse(text: string, file: ProseFile): { sections: Section[]; findings: Finding[] } {
  const sections: Section[] = [];
  const findings: Finding[] = [];
  let body: string[] = [];
  let fenced = false;
  const close = () => {
    const last = sections.at(-1);
    if (last) last.body = body.join('\n').trim();
    body = [];
  };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('```')) fenced = !fenced;
    const heading = fenced ? null : /^(##?) (.*)$/.exec(line);
    const mark =
      sections.length > 0 && body.length === 0 ? /^<!-- translates: ([0-9a-f]{8}) -->$/.exec(line) : null;
    if (mark) (sections.at(-1) as Section).translates = mark[1] ?? null;
    else if (heading) {
      close();
      const [, level, words = ''] = heading;
      const step = /^(.*\S) +\{#([a-z0-9-]+)\}$/.exec(words);
      if (level === '##' && !step) {
        findings.push(inProse(file, index + 1, 'a step heading ends with its step: ## Title {#step-id}'));
      }
      sections.push({
        id: level === '#' ? null : (step?.[2] ?? ''),
        title: step?.[1] ?? words,
        body: '',
        line: index + 1,
        translates: null,
      });
    } else body.push(line);
  }
  close();
  return { sections, findings };
}

/**
 * Both languages of a lab. English is written first; each Korean section carries the mark of the English
 * text it was made from, so that a section that has fallen behind is found.
 * @param hash first 8 hex digits of the sha256 of a text; given from outside, since core computes no hashes.
 */
export function readProse(
  texts: Record<'en' | 'ko', string>,
  steps: readonly Step[],
  hash: (text: string) => string,
): { prose: Record<'en' | 'ko', Prose>; steps: Step[]; findings: Finding[] } {
  const ids = steps.map(({ id }) => id);
  const en = parseProse(texts.en, 'en.md');
  const ko = parseProse(texts.ko, 'ko.md');
  return {
    prose: { en: proseOf(en.sections), ko: proseOf(ko.sections) },
    steps: steps.map((step) => withQuestions(step, en.sections, ko.sections)),
    findings: [
      ...en.findings,
      ...ko.findings,
      ...completeness(en.sections, 'en.md', ids),
      ...completeness(ko.sections, 'ko.md', ids),
      ...questionFindings(en.sections, 'en.md', steps),
      ...questionFindings(ko.sections, 'ko.md', steps),
      ...fenceFindings(
        { file: 'en.md', text: texts.en, sections: en.sections },
        { file: 'ko.md', text: texts.ko, sections: ko.sections },
        steps,
      ),
      ...ko.sections.flatMap((section) => staleness(section, en.sections, hash)),
    ],
  };
}

function proseOf(sections: readonly Section[]): Prose {
  const steps = sections.flatMap(({ id, title, body }) =>
    id === null ? [] : [[id, { title, body }] as const],
  );
  return { intro: sections.find(({ id }) => id === null)?.body ?? '', steps: Object.fromEntries(steps) };
}

function completeness(sections: readonly Section[], file: ProseFile, steps: readonly string[]): Finding[] {
  const ids = sections.map(({ id }) => id);
  return [
    ...(ids[0] === null ? [] : [inProse(file, 1, 'the file begins with `# Title` and an introduction')]),
    ...steps
      .filter((step) => !ids.includes(step))
      .map((step) => inProse(file, 1, `step ${step} has no section`)),
    ...sections
      .filter(({ id }, index) => id !== null && (!steps.includes(id) || ids.indexOf(id) !== index))
      .map(({ id, line }) => inProse(file, line, `section ${id} is of no step, or written twice`)),
    ...sections
      .filter(({ body }) => body === '')
      .map(({ line }) => inProse(file, line, 'the section is empty')),
  ];
}

function staleness(section: Section, english: readonly Section[], hash: (text: string) => string): Finding[] {
  const source = english.find(({ id }) => id === section.id);
  if (!source) return [];
  const now = hash(source.body);
  if (section.translates === now) return [];
  const why =
    section.translates === null
      ? 'the section does not say which English text it translates'
      : 'the English section has changed since this was translated';
  return [
    inProse(
      'ko.md',
      section.line,
      `${why}; review it, then write under its heading: <!-- translates: ${now} -->`,
    ),
  ];
}
