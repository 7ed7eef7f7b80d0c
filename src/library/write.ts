import { stringify } from 'yaml';
import { proseFile } from '../core/lab/prose-section.ts';
import { inEachLanguage, type Language, languages, sourceLanguage } from '../core/language.ts';
import type { ContainerlabFile } from '../core/play/containerlab.ts';
import { type PlayLab, stepId } from '../core/play/lab-file.ts';
import { type LabFiles, markOf } from './read.ts';

/** The files of a lab that was made of a network, as `hoplab lint` takes them. */
export function labFiles(lab: PlayLab): LabFiles {
  const prose = inEachLanguage((language) => proseIn(lab, language));
  return {
    'lab.yaml': yamlOf(lab.file),
    ...Object.fromEntries(languages.map((language) => [proseFile(language), prose[language]])),
  };
}

export const containerlabText = (file: ContainerlabFile): string => yamlOf(file);

const yamlOf = (data: object): string => stringify(data, { lineWidth: 0 });

function proseIn({ title, intro, step }: PlayLab, language: Language): string {
  const mark = (text: string) =>
    language === sourceLanguage ? [] : [`<!-- translates: ${markOf(text.trim())} -->`];
  return [
    `# ${title}`,
    ...mark(intro[sourceLanguage]),
    '',
    intro[language],
    '',
    `## ${step[language].title} {#${stepId}}`,
    ...mark(step[sourceLanguage].body),
    '',
    step[language].body,
    '',
  ].join('\n');
}
