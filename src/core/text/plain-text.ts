import type { Block, Inline } from './markdown.ts';

/** The words of a text in one line, without marks. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(wordsIn).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsIn(block: Block): string {
  switch (block.kind) {
    case 'code':
      return block.text;
    case 'list':
      return block.items.map(inline).join(' ');
    case 'table':
      return [block.head, ...block.rows].flatMap((row) => row.map(inline)).join(' ');
    default:
      return inline(block.text);
  }
}

const inline = (parts: readonly Inline[]): string => parts.map(({ text }) => text).join('');
