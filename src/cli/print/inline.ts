import { styleText } from 'node:util';

/** Markdown within a line: code, bold, emphasis, links. */
export function inline(text: string): string {
  // Code first, put aside: stars and brackets in it mean nothing.
  const code: string[] = [];
  return (
    text
      .replace(/`([^`]+)`/g, (_, words: string) => `\u0000${code.push(words) - 1}\u0000`)
      .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => styleText('bold', words))
      .replace(/\*([^*\s][^*]*)\*/g, (_, words: string) => styleText('italic', words))
      .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words: string, url: string) => `${words} (${url})`)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: put there above, in no text of a lab.
      .replace(/\u0000(\d+)\u0000/g, (_, index: string) => styleText('cyan', code[Number(index)] ?? ''))
  );
}
