/**
 * The part of Markdown that labs are written in, as data: nothing in it can become markup by itself.
 * `line`: where it begins, from 1.
 */
export type Block = { line: number } & (
  | Paragraph
  | { kind: 'heading'; level: number; text: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'quote'; text: Inline[] }
  | CodeBlock
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
);

interface Paragraph {
  kind: 'paragraph';
  text: Inline[];
  /** The id of the prediction it asks. */
  question?: string;
}

/** A fence; of one whose first line is "sh red", red is the node that its commands are typed on. */
export interface CodeBlock {
  kind: 'code';
  language: string;
  node: string | null;
  text: string;
  line: number;
}

export type Inline =
  /** `term`: the id of a glossary's term, where glossary.ts has marked it. */
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string; term?: string }
  | { kind: 'link'; text: string; url: string };

/** The one reader: of lint, the page and the command line. */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.split('\n');
  let at = 0;
  const takeWhile = (belongs: (line: string) => boolean) => {
    const taken: string[] = [];
    while (at < lines.length && belongs(lines[at] ?? '')) taken.push(lines[at++] ?? '');
    return taken;
  };

  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = /^```(\S*)(?:\s+(\S.*?))?\s*$/.exec(line);
    const place = { line: at + 1 };
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (line.trim() === '' || /^<!--.*-->$/.test(line)) at += 1;
    else if (fence) {
      at += 1;
      const text = takeWhile((each) => !each.startsWith('```')).join('\n');
      at += 1;
      blocks.push({ kind: 'code', language: fence[1] ?? '', node: fence[2] ?? null, text, ...place });
    } else if (heading) {
      at += 1;
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        text: parseInline(heading[2] ?? ''),
        ...place,
      });
    } else if (isRow(line)) blocks.push({ ...table(takeWhile(isRow)), ...place });
    else if (isItem(line))
      blocks.push({ ...list(takeWhile((each) => isItem(each) || /^\s+\S/.test(each))), ...place });
    else if (line.startsWith('>')) {
      const text = takeWhile((each) => each.startsWith('>')).map((each) => each.replace(/^> ?/, ''));
      blocks.push({ kind: 'quote', text: parseInline(text.join(' ')), ...place });
    } else blocks.push({ ...paragraph(takeWhile(isPlain).join(' ')), ...place });
  }
  return blocks;
}

type Part<K extends Block['kind']> = Omit<Extract<Block, { kind: K }>, 'line'>;

function paragraph(source: string): Part<'paragraph'> {
  const asking = /^(.*\S) +\{#([a-z0-9-]+)\}$/.exec(source);
  if (!asking) return { kind: 'paragraph', text: parseInline(source) };
  return { kind: 'paragraph', text: parseInline(asking[1] ?? ''), question: asking[2] ?? '' };
}

/** Code first: stars and brackets mean nothing in it. */
export function parseInline(source: string): Inline[] {
  const pattern =
    /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<words>[^\]]+)\]\((?<url>https?:[^)\s]+)\)/g;
  const found: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: 'text', text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    const { code, strong, emphasis, words, url } = match.groups ?? {};
    if (code !== undefined) found.push({ kind: 'code', text: code });
    else if (strong !== undefined) found.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) found.push({ kind: 'emphasis', text: emphasis });
    else found.push({ kind: 'link', text: words ?? '', url: url ?? '' });
  }
  if (end < source.length) found.push({ kind: 'text', text: source.slice(end) });
  return found;
}

const isRow = (line: string) => line.startsWith('|');
const isItem = (line: string) => /^\s*([-*]|\d+\.) /.test(line);
const isPlain = (line: string) =>
  line.trim() !== '' && !isRow(line) && !isItem(line) && !/^(```|#{1,6} |>|<!--)/.test(line);

function table(lines: string[]): Part<'table'> {
  const cells = lines
    .map((line) => line.replace(/^\||\|\s*$/g, '').split('|'))
    .filter((row) => !row.every((cell) => /^\s*:?-+:?\s*$/.test(cell)))
    .map((row) => row.map((cell) => parseInline(cell.trim())));
  return { kind: 'table', head: cells[0] ?? [], rows: cells.slice(1) };
}

function list(lines: string[]): Part<'list'> {
  const items: string[] = [];
  for (const line of lines) {
    const words = line.replace(/^\s*([-*]|\d+\.) /, '');
    if (isItem(line)) items.push(words);
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  const [, number] = /^\s*(\d+)/.exec(lines[0] ?? '') ?? [];
  const ordered = number !== undefined;
  return { kind: 'list', ordered, start: Number(number ?? 1), items: items.map(parseInline) };
}
