import { styleText } from 'node:util';
import { type Block, type CodeBlock, type Inline, parseMarkdown } from '../../core/text/markdown.ts';
import { renderInline } from './inline.ts';
import { width } from './width.ts';
import { wrap } from './wrap.ts';

/** The Markdown that labs are written in, for a terminal: headings, paragraphs, lists, quotes, tables, code. */
export function markdown(text: string, columns: number): string {
  return blocksText(parseMarkdown(text), columns);
}

export function blocksText(blocks: readonly Block[], columns: number): string {
  return blocks.map((block) => rendered(block, columns)).join('\n\n');
}

function rendered(block: Block, columns: number): string {
  switch (block.kind) {
    case 'code':
      return block.node === null ? output(block) : commands(block.node, block.text);
    case 'heading':
      return styleText('bold', renderInline(block.text));
    case 'list':
      return block.items
        .map((item, index) => listItem(item, block.ordered ? `${block.start + index}.` : '•', columns))
        .join('\n');
    case 'quote':
      return wrap(renderInline(block.text), columns - 2)
        .map((line) => `${styleText('dim', '│')} ${line}`)
        .join('\n');
    case 'table':
      return table([block.head, ...block.rows]);
    case 'paragraph': {
      const lines = wrap(renderInline(block.text), columns).join('\n');
      // A block with a question to predict ends with the command that answers it.
      return block.question === undefined
        ? lines
        : `${lines}\n  ${styleText('cyan', `hoplab predict ${block.question}`)}`;
    }
  }
}

/** A command has the prompt of its node in front, as in solutions and cures; output has a bar. */
function commands(node: string, text: string): string {
  const prompt = `  ${styleText('dim', `${node} #`)} `;
  const rest = ' '.repeat(width(prompt));
  let goesOn = false;
  let until: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const continued = goesOn || until !== null;
      if (until !== null && line.trim() === until) until = null;
      else until ??= /<<-?\s*['"]?(\w+)['"]?/.exec(line)?.[1] ?? null;
      goesOn = until === null && line.endsWith('\\');
      return `${continued || line.trim() === '' ? rest : prompt}${styleText('cyan', line)}`.trimEnd();
    })
    .join('\n');
}

function output({ text }: CodeBlock): string {
  return text
    .split('\n')
    .map((line) => styleText('dim', `  │ ${line}`.trimEnd()))
    .join('\n');
}

function listItem(item: readonly Inline[], bullet: string, columns: number): string {
  const hang = ' '.repeat(bullet.length + 1);
  const [first = '', ...rest] = wrap(renderInline(item), columns - hang.length - 2);
  return [`  ${bullet} ${first}`, ...rest.map((line) => `  ${hang}${line}`)].join('\n');
}

/** Columns as wide as their widest cell, under a line. */
function table([head = [], ...rows]: readonly Inline[][][]): string {
  const cells = [head, ...rows].map((row) => row.map(renderInline));
  const widest = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widest[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  );
  const [first = '', ...others] = lines;
  return [
    styleText('bold', first),
    styleText('dim', widest.map((columns) => '─'.repeat(columns)).join('  ')),
    ...others,
  ].join('\n');
}
