import { createHash } from 'node:crypto';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Lab } from '../core/lab/lab.ts';
import { type Finding, inLab } from '../core/lab/problem.ts';
import { readProse } from '../core/lab/prose.ts';
import { type ProseFile, proseFile } from '../core/lab/prose-section.ts';
import { resolve } from '../core/lab/resolve.ts';
import { labSchema } from '../core/lab/schema.ts';
import { untranslatedTexts } from '../core/lab/untranslated.ts';
import { inEachLanguage, languages } from '../core/language.ts';
import type { Problem } from '../core/session/control.ts';
import { issuesOf } from '../core/text/issues.ts';
import { type Said, said } from '../core/text/said.ts';
import { fileProblem, problemAt } from './problem.ts';
import { dataOf, startOf, yamlSaid } from './yaml-said.ts';

/** A lab's files, by name: lab.yaml and one of prose for each language. */
export type LabFiles = Record<string, string>;

/** The lab is null while a problem is an error. */
export interface ReadLab {
  lab: Lab | null;
  problems: Problem[];
}

/**
 * Files -> lab, with every problem at its line and column.
 * @param whole a text that one language lacks is an error; else a warning, and the text of another language
 *   takes its place
 */
export function readLab(files: LabFiles, track: string, whole = true): ReadLab {
  const prose = languages.map(proseFile);
  const missing = prose.filter((name) => files[name] === undefined);
  const yaml = files['lab.yaml'];
  if (yaml === undefined) return { lab: null, problems: [missingFile('lab.yaml', 'error')] };
  const lacking = whole || missing.length === prose.length ? 'error' : 'warning';

  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  const tab = yaml.split('\n').findIndex((line) => /^ *\t/.test(line));
  if (document.errors.length > 0 && tab >= 0) {
    return { lab: null, problems: [atPlace({ line: tab + 1, column: 1 }, '', said('yaml-tab'))] };
  }
  if (document.errors.length > 0) {
    return {
      lab: null,
      problems: document.errors.slice(0, 3).map((error) => {
        const { line, col } = lines.linePos(startOf(error, document));
        return atPlace({ line, column: col }, '', yamlSaid(error));
      }),
    };
  }
  const place = (path: (string | number)[]) => placeOf(path, document, lines);
  const data = dataOf(document);
  if ('refused' in data) {
    const { line, col } = lines.linePos(data.at);
    return { lab: null, problems: [atPlace({ line, column: col }, '', data.refused)] };
  }
  const parsed = labSchema.safeParse(data.is);
  if (!parsed.success) {
    return {
      lab: null,
      problems: issuesOf(parsed.error, labSchema, data.is).map(({ path, key, ...issue }) =>
        atPlace(place(key === null ? path : [...path, key]), fieldOf(path), issue),
      ),
    };
  }
  const { lab, findings } = resolve(parsed.data, track);
  const there = prose.find((name) => files[name] !== undefined);
  const texts = inEachLanguage((language) => files[proseFile(language)] ?? files[there ?? ''] ?? '');
  const read = readProse(texts, lab, markOf);
  const problems = [
    ...missing.map((name) => missingFile(name, lacking)),
    ...findings.map((finding) => located(finding, place)),
    ...untranslatedTexts(data.is).map((finding) =>
      located(inLab(finding.path, finding.said, lacking), place),
    ),
    ...read.findings
      .filter(({ file }) => !missing.includes(file as ProseFile))
      .map((finding) =>
        located(whole || !finding.translation ? finding : { ...finding, severity: 'warning' }, place),
      ),
  ];
  const sound = problems.every(({ severity }) => severity !== 'error');
  return { lab: sound ? { ...lab, steps: read.steps, prose: read.prose } : null, problems };
}

/** The `translates` mark of a translated section (core/lab/prose.ts). */
export const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function located(finding: Finding, place: Place): Problem {
  const { file, path, line, severity, mark } = finding;
  if (file === 'lab.yaml') return atPlace(place(path), fieldOf(path), finding, severity);
  const at = { file, line, column: line === null ? null : 1, field: null };
  return { ...problemAt(at, finding, severity), ...(mark === undefined ? {} : { mark }) };
}

type Place = (path: (string | number)[]) => { line: number; column: number };

/** The position of a path in the document; of a missing one that of the nearest parent. */
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

const missingFile = (file: string, severity: Problem['severity']): Problem =>
  fileProblem(file, said('file-missing'), severity);

const atPlace = (
  place: { line: number; column: number },
  field: string,
  words: Said,
  severity: Problem['severity'] = 'error',
): Problem => problemAt({ file: 'lab.yaml', ...place, field: field === '' ? null : field }, words, severity);
