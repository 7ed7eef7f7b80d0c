import { width } from './width.ts';
import { wrap } from './wrap.ts';

/** Lines of a text behind a label; the second and all further ones are indented by its width. */
export function hanging(label: string, text: string, columns: number): string[] {
  const indent = ' '.repeat(width(label));
  return wrap(text, columns - indent.length).map((line, index) => `${index === 0 ? label : indent}${line}`);
}
