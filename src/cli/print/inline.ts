import { styleText } from 'node:util';
import { type Inline, parseInline } from '../../core/text/markdown.ts';

/** Markdown within a line: code, bold, emphasis, links. */
export const inline = (text: string): string => renderInline(parseInline(text));

export function renderInline(parts: readonly Inline[]): string {
  return parts.map(part).join('');
}

function part(one: Inline): string {
  switch (one.kind) {
    case 'code':
      return styleText('cyan', one.text);
    case 'strong':
      return styleText('bold', inline(one.text));
    case 'emphasis':
      return styleText('italic', inline(one.text));
    case 'link':
      return `${inline(one.text)} (${one.url})`;
    case 'text':
      return one.text;
  }
}
