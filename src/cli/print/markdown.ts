import { styleText } from 'node:util';
import { inline } from './inline.ts';
import { wrap } from './wrap.ts';

/** The Markdown that labs are written in, for a terminal: headings, paragraphs, lists, quotes, code. */
export function markdown(text: string, columns: number): string {
  return blocks(text)
    .map((block) => rendered(block, columns))
    .join('\n\n');
}

interface Block {
  kind: 'code' | 'heading' | 'list' | 'quote' | 'table' | 'paragraph';
  lines: string[];
}

function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open = null as Block | null;
  for (const line of text.split('\n')) {
    if (open?.kind === 'code') {
      if (/^\s*```/.test(line)) open = null;
      else open.lines.push(line);
      continue;
    }
    const kind = kindOf(line, open);
    if (kind === null) open = null;
    else if (open?.kind === kind && kind !== 'heading') open.lines.push(line);
    else {
      open = { kind, lines: kind === 'code' ? [] : [line] };
      found.push(open);
    }
  }
  return found;
}

function kindOf(line: string, open: Block | null): Block['kind'] | null {
  if (/^\s*```/.test(line)) return 'code';
  if (line.trim() === '') return null;
  if (/^#{1,6} /.test(line)) return 'heading';
  if (/^\s*([-*]|\d+\.) /.test(line)) return 'list';
  // A list item may go on in the next, indented line.
  if (open?.kind === 'list' && /^\s{2,}\S/.test(line)) return 'list';
  if (/^> ?/.test(line)) return 'quote';
  if (/^\|/.test(line)) return 'table';
  return 'paragraph';
}

function rendered({ kind, lines }: Block, columns: number): string {
  switch (kind) {
    case 'code':
      return lines.map((line) => `    ${styleText('cyan', line)}`).join('\n');
    case 'heading':
      return lines.map((line) => styleText('bold', inline(line.replace(/^#+ /, '')))).join('\n');
    case 'list':
      return items(lines)
        .map((item) => listItem(item, columns))
        .join('\n');
    case 'quote': {
      const said = lines.map((line) => line.replace(/^> ?/, '')).join(' ');
      return wrap(inline(said), columns - 2)
        .map((line) => `${styleText('dim', '│')} ${line}`)
        .join('\n');
    }
    case 'table':
      return lines.map(inline).join('\n');
    default:
      return paragraph(lines.join(' '), columns);
  }
}

/** One string per item, its continuation lines joined to it. */
function items(lines: string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (/^\s*([-*]|\d+\.) /.test(line)) found.push(line);
    else found.push(`${found.pop() ?? ''} ${line.trim()}`);
  }
  return found;
}

function listItem(item: string, columns: number): string {
  const [, indent = '', mark = '', words = ''] = /^(\s*)([-*]|\d+\.) (.*)$/.exec(item) ?? [];
  const bullet = /\d/.test(mark) ? mark : '•';
  const hang = `${indent}${' '.repeat(bullet.length + 1)}`;
  const [first = '', ...rest] = wrap(inline(words), columns - hang.length - 2);
  return [`  ${indent}${bullet} ${first}`, ...rest.map((line) => `  ${hang}${line}`)].join('\n');
}

/** What asks something to predict ends with the command that answers it. */
function paragraph(source: string, columns: number): string {
  const [, text = source, prediction] = /^(.*\S) +\{#([a-z0-9-]+)\}$/.exec(source) ?? [];
  const said = wrap(inline(text), columns).join('\n');
  return prediction === undefined ? said : `${said}\n  ${styleText('cyan', `hoplab predict ${prediction}`)}`;
}
