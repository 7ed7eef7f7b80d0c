import type { Block, Inline } from './markdown.ts';

/** Terms of the field under ids of their own: the names a text may have for each, and what it is. */
export type Glossary = Readonly<Record<string, Term>>;

export interface Term {
  /** The first one is shown; all are looked for. */
  names: readonly string[];
  meaning: string;
}

/** `netns: 'network namespace, netns: A network of its own.'` */
export function readGlossary(lines: Readonly<Record<string, string>>): Glossary {
  const read = (line: string): Term => {
    const [, names = '', meaning = ''] = /^(.*?): (.*)$/.exec(line) ?? [];
    return { names: names.split(', '), meaning };
  };
  return Object.fromEntries(Object.entries(lines).map(([id, line]) => [id, read(line)]));
}

/** The text with the first place of every term marked: each mark is one more stop for the keyboard. */
export function markTerms(blocks: readonly Block[], glossary: Glossary): Block[] {
  const pattern = patternOf(glossary);
  const seen = new Set<string>();
  const mark = (parts: readonly Inline[]): Inline[] =>
    parts.flatMap((part) => {
      if (part.kind === 'text') return inText(part.text);
      if (part.kind !== 'code') return [part];
      const term = termOf(part.text);
      return term === null ? [part] : [{ ...part, term }];
    });

  /** Null for what is no term, or was marked before. */
  function termOf(name: string): string | null {
    const id = pattern.idOf(name);
    if (id === null || seen.has(id)) return null;
    seen.add(id);
    return id;
  }

  function inText(text: string): Inline[] {
    const parts: Inline[] = [];
    let end = 0;
    for (const { 0: name, index } of text.matchAll(pattern.names)) {
      const term = termOf(name);
      if (term === null) continue;
      if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
      parts.push({ kind: 'text', text: name, term });
      end = index + name.length;
    }
    return end < text.length ? [...parts, { kind: 'text', text: text.slice(end) }] : parts;
  }

  return blocks.map((block) => {
    switch (block.kind) {
      case 'paragraph':
        // The choices of a question give its terms away, or ask for them.
        return block.question === undefined ? { ...block, text: mark(block.text) } : block;
      case 'quote':
        return { ...block, text: mark(block.text) };
      case 'list':
        return { ...block, items: block.items.map(mark) };
      case 'table':
        return { ...block, rows: block.rows.map((row) => row.map(mark)) };
      default:
        return block;
    }
  });
}

/** Letters on either side make another word of a name; a particle behind a name does not. */
function patternOf(glossary: Glossary) {
  const names = Object.entries(glossary).flatMap(([id, term]) =>
    term.names.map((name) => [name, id] as const),
  );
  const ids = new Map(names.map(([name, id]) => [keyOf(name), id]));
  const longestFirst = names.map(([name]) => name).sort((one, other) => other.length - one.length);
  const source = longestFirst.map(anyCase).join('|');
  return {
    names: new RegExp(`(?<![\\p{L}\\p{N}_/.-])(?:${source})s?(?![A-Za-z0-9_/-])`, 'gu'),
    idOf: (name: string) => ids.get(keyOf(name)) ?? ids.get(keyOf(name.replace(/s$/, ''))) ?? null,
  };
}

/** A name in capitals is one only in capitals: ARP, MASQUERADE. */
const isFixed = (name: string) => /^[A-Z]{2}/.test(name);
const keyOf = (name: string) => (isFixed(name) ? name : name.toLowerCase());
const anyCase = (name: string) => {
  const first = name[0] ?? '';
  const rest = escaped(name.slice(1));
  return isFixed(name) || !/[a-z]/i.test(first)
    ? escaped(name)
    : `[${first.toLowerCase()}${first.toUpperCase()}]${rest}`;
};
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
