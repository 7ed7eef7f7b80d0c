import { createHash } from 'node:crypto';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Lab } from '../core/lab/lab.ts';
import type { Finding } from '../core/lab/problem.ts';
import { readProse } from '../core/lab/prose.ts';
import { proseFile } from '../core/lab/prose-section.ts';
import { resolve } from '../core/lab/resolve.ts';
import { labSchema } from '../core/lab/schema.ts';
import { inEachLanguage, languages } from '../core/language.ts';
import type { Problem } from '../core/session/control.ts';
import { issuesOf } from './issues.ts';

/** A lab's files, by name: lab.yaml and one of prose for each language. */
export type LabFiles = Record<string, string>;

/** Files -> lab, with every problem at its line and column. The lab is null while a problem is an error. */
export function readLab(files: LabFiles, track: string): { lab: Lab | null; problems: Problem[] } {
  const missing = ['lab.yaml', ...languages.map(proseFile)].filter((name) => files[name] === undefined);
  const yaml = files['lab.yaml'];
  if (yaml === undefined) return { lab: null, problems: missing.map(missingFile) };

  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      lab: null,
      problems: document.errors.map(({ message, pos: [offset] }) => {
        const { line, col } = lines.linePos(offset);
        return problem('lab.yaml', line, col, null, message.split(' at line')[0] ?? message, 'error');
      }),
    };
  }
  const place = (path: (string | number)[]) => placeOf(path, document, lines);
  const parsed = labSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      lab: null,
      problems: issuesOf(parsed.error, labSchema).map(({ path, message, key }) => {
        const { line, column } = place(key === null ? path : [...path, key]);
        return problem('lab.yaml', line, column, fieldOf(path), message, 'error');
      }),
    };
  }
  const { lab, findings } = resolve(parsed.data, track);
  const texts = inEachLanguage((language) => files[proseFile(language)] ?? '');
  const read = readProse(texts, lab, markOf);
  const problems = [
    ...missing.map(missingFile),
    ...findings.map((finding) => located(finding, place)),
    ...read.findings.filter(({ file }) => !missing.includes(file)).map((finding) => located(finding, place)),
  ];
  const sound = problems.every(({ severity }) => severity !== 'error');
  return { lab: sound ? { ...lab, steps: read.steps, prose: read.prose } : null, problems };
}

/** What a translated section's `translates` mark is made of (core/lab/prose.ts). */
export const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function located({ file, path, line, message, severity }: Finding, place: Place): Problem {
  if (file !== 'lab.yaml') return problem(file, line, line === null ? null : 1, null, message, severity);
  const at = place(path);
  return problem(file, at.line, at.column, fieldOf(path), message, severity);
}

type Place = (path: (string | number)[]) => { line: number; column: number };

/** Where a path of the document stands; the nearest thing above it that is there, for what is missing. */
function placeOf(path: (string | number)[], document: ReturnType<typeof parseDocument>, lines: LineCounter) {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset === undefined) continue;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** `['steps', 2, 'ping', 'to']` -> `steps[2].ping.to`. */
function fieldOf(path: (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

const missingFile = (file: string): Problem =>
  problem(file, null, null, null, 'the file is missing', 'error');

function problem(
  file: string,
  line: number | null,
  column: number | null,
  field: string | null,
  message: string,
  severity: Problem['severity'],
): Problem {
  return { file, line, column, field: field === '' ? null : field, message, severity };
}
