import type { Step } from './lab.ts';
import type { Finding } from './problem.ts';
import { inProse, type ProseFile, type Section } from './prose-section.ts';

/** What one types, as the text shows it: a fence marked `sh`, or a paragraph that is one line of code. */
interface Fence {
  /** Step whose section it is in; null: the introduction. */
  step: string | null;
  /** Where it begins, from 1. */
  line: number;
  lines: string[];
}

/** A prose file as it is written and in sections. */
interface Text {
  file: ProseFile;
  text: string;
  sections: readonly Section[];
}

/** What is typed stands in the text, in both languages alike. */
export function fenceFindings(en: Text, ko: Text, steps: readonly Step[]): Finding[] {
  const [english, korean] = [fencesIn(en.text), fencesIn(ko.text)];
  return [
    ...steps.flatMap((step) => [...untold(step, en, english), ...untold(step, ko, korean)]),
    ...ko.sections
      .filter(({ id }) => en.sections.some((section) => section.id === id))
      .flatMap((section) => unlike(section, english, korean)),
  ];
}

function fencesIn(text: string): Fence[] {
  const fences: Fence[] = [];
  let step: string | null = null;
  let open: { language: string; fence: Fence } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^```(\w*)/.exec(line);
    const alone = /^`([^`]+)`$/.exec(line)?.[1];
    if (mark && open === null) {
      open = { language: mark[1] ?? '', fence: { step, line: index + 1, lines: [] } };
    } else if (mark && open) {
      if (open.language === 'sh') fences.push(open.fence);
      open = null;
    } else if (open) open.fence.lines.push(line);
    else if (alone) fences.push({ step, line: index + 1, lines: [alone] });
    else step = /^## .*\{#([a-z0-9-]+)\}$/.exec(line)?.[1] ?? step;
  }
  return fences;
}

/** Lines of the solution that the section does not have; a section that is not there lacks more than lines. */
function untold({ id, solution }: Step, { file, sections }: Text, fences: readonly Fence[]): Finding[] {
  const heading = sections.find((section) => section.id === id)?.line;
  if (heading === undefined) return [];
  const told = fences.filter(({ step }) => step === id).map((fence) => `\n${commands(fence.lines)}\n`);
  return solution
    .map(({ run }) => commands(run.split('\n')))
    .filter((run) => !told.some((text) => text.includes(`\n${run}\n`)))
    .map((run) => {
      const [first = ''] = run.split('\n');
      return inProse(
        file,
        heading,
        `the section lacks a line of the solution; expected in a fence marked sh: ${first}`,
      );
    });
}

/** Korean is translated, what is typed is not. */
function unlike({ id, line }: Section, english: readonly Fence[], korean: readonly Fence[]): Finding[] {
  const source = english.filter(({ step }) => step === id);
  const typed = korean.filter(({ step }) => step === id);
  const place = typed.findIndex(
    ({ lines }, index) => commands(lines) !== commands(source[index]?.lines ?? []),
  );
  if (place >= 0) {
    const wanted = source[place];
    const where = wanted ? `those of en.md, line ${wanted.line}` : 'none: en.md has no such fence';
    return [
      inProse('ko.md', typed[place]?.line ?? line, `not the commands of the English text; expected ${where}`),
    ];
  }
  const missing = source[typed.length];
  return missing
    ? [inProse('ko.md', line, `a fence is missing; expected the one of en.md, line ${missing.line}`)]
    : [];
}

/** Without comments, which may be translated. */
function commands(lines: readonly string[]): string {
  const bare = lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return bare.filter((line) => line !== '').join('\n');
}
