import type { Block } from '../text/markdown.ts';
import type { Finding } from './problem.ts';

export type ProseFile = 'en.md' | 'ko.md';

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

export const inProse = (file: ProseFile, line: number, message: string): Finding => ({
  file,
  path: [],
  line,
  message,
  severity: 'error',
});
