import type { ZodType } from 'zod';

/**
 * Parses the output of a program in a machine, which the machine's root controls: against a schema and up to
 * a size. Anything else is null, never an exception.
 */
export function jsonIn<T>(text: string, schema: ZodType<T>, longest = 1 << 20): T | null {
  if (text.length > longest) return null;
  try {
    return schema.safeParse(JSON.parse(escaped(text))).data ?? null;
  } catch {
    return null;
  }
}

/** The last line of a program's output. */
export const lastLineOf = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** iproute2 prints the control characters of a link's name as they are; JSON has them escaped. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
  return text.replace(/[\0-\x1f]/g, (one) =>
    /\s/.test(one) ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A program did not keep to its protocol: the caller ends it. */
export class Malformed extends Error {
  override name = 'Malformed';
}

/** Lines of a program that goes on writing. */
export class Lines {
  readonly #longest: number;
  #rest = '';

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @throws Malformed where a line is longer than it may be */
  take(data: Uint8Array): string[] {
    const lines = (this.#rest + Buffer.from(data).toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of [...lines, this.#rest]) {
      if (line.length > this.#longest) throw new Malformed(`a line of more than ${this.#longest} bytes`);
    }
    return lines;
  }
}
