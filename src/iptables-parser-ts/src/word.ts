/** One word of a line, unquoted, with where it began (line and column count from 1). */
export interface Word {
  readonly text: string;
  /** A quoted word is never taken for an option inside text this package does not know. */
  readonly quoted: boolean;
  readonly line: number;
  readonly column: number;
}

/** The words of one logical line, and where the text goes on. */
export interface WordLine {
  readonly words: readonly Word[];
  /** Offset of the line break that ends this line, or the text's length. */
  readonly end: number;
  /** How many line breaks lie inside quotes: the kernel's own comments may hold them. */
  readonly breaks: number;
}
