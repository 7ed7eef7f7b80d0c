import { type Language, languages, sourceLanguage } from '../language.ts';
import type { Block } from '../text/markdown.ts';
import type { Said } from '../text/said.ts';
import type { Finding } from './problem.ts';

export type ProseFile = `${Language}.md`;

export const proseFile = (language: Language): ProseFile => `${language}.md`;

/** Every language but the one that prose is written in first. */
export const translations = languages.filter((language) => language !== sourceLanguage);

export interface Section {
  /** Step id; null for the introduction. */
  id: string | null;
  title: string;
  body: string;
  /** The body, read; with the lines of the file. */
  blocks: Block[];
  /** Line of its heading, from 1. */
  line: number;
  /** The mark of the English section it was translated from. */
  translates: string | null;
}

export const inProse = (
  file: ProseFile,
  line: number,
  said: Said,
  severity: Finding['severity'] = 'error',
): Finding => ({
  file,
  path: [],
  line,
  ...said,
  severity,
});
