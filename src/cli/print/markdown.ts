import { styleText } from 'node:util';
import { type Block, type Inline, parseMarkdown } from '../../core/text/markdown.ts';
import { styled } from './inline.ts';
import { width } from './width.ts';
import { wrap } from './wrap.ts';

/** The Markdown that labs are written in, for a terminal: headings, paragraphs, lists, quotes, tables, code. */
export function markdown(text: string, columns: number): string {
  return parseMarkdown(text)
    .map((block) => rendered(block, columns))
    .join('\n\n');
}

function rendered(block: Block, columns: number): string {
  switch (block.kind) {
    case 'code':
      return block.text
        .split('\n')
        .map((line) => `    ${styleText('cyan', line)}`)
        .join('\n');
    case 'heading':
      return styleText('bold', styled(block.text));
    case 'list':
      return block.items
        .map((item, index) => listItem(item, block.ordered ? `${block.start + index}.` : '•', columns))
        .join('\n');
    case 'quote':
      return wrap(styled(block.text), columns - 2)
        .map((line) => `${styleText('dim', '│')} ${line}`)
        .join('\n');
    case 'table':
      return table([block.head, ...block.rows]);
    case 'paragraph': {
      const lines = wrap(styled(block.text), columns).join('\n');
      // What asks something to predict ends with the command that answers it.
      return block.question === undefined
        ? lines
        : `${lines}\n  ${styleText('cyan', `hoplab predict ${block.question}`)}`;
    }
  }
}

function listItem(item: readonly Inline[], bullet: string, columns: number): string {
  const hang = ' '.repeat(bullet.length + 1);
  const [first = '', ...rest] = wrap(styled(item), columns - hang.length - 2);
  return [`  ${bullet} ${first}`, ...rest.map((line) => `  ${hang}${line}`)].join('\n');
}

/** Columns as wide as their widest cell. */
function table(rows: readonly Inline[][][]): string {
  const cells = rows.map((row) => row.map(styled));
  const widest = (column: number) => Math.max(...cells.map((row) => width(row[column] ?? '')));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(widest(column) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
