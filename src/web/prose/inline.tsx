import { Fragment, useContext } from 'react';
import type { Inline as Part } from '../../core/text/markdown.ts';
import { useWords } from '../words/use-words.ts';
import { Term } from './term.tsx';
import { questionIn, SendContext } from './trace-line.ts';

interface Props {
  parts: Part[];
  /** Opens a terminal when `hoplab shell NODE` in the prose is clicked. */
  open?: ((node: string) => void) | undefined;
}

export function Inline({ parts, open }: Props) {
  return glued(parts).map(({ part, before, after }, index) => {
    const key = `${index}${part.text}`;
    const shown = <Shown part={part} open={open} />;
    if (before === '' && after === '') return <Fragment key={key}>{shown}</Fragment>;
    return (
      <span key={key} className="glued">
        {before}
        {shown}
        {after}
      </span>
    );
  });
}

const shellLine = /^hoplab shell(?: ([a-z][\w-]*))?$/;

interface Glued {
  part: Part;
  /** Signs of the text that stay in its line. */
  before: string;
  after: string;
}

/**
 * A line may break before and after a button, whatever stands there: a bracket would end one line, the particle of a
 * Korean word or a full stop begin the next.
 */
function glued(parts: readonly Part[]): Glued[] {
  const all: Glued[] = parts.map((part) => ({ part, before: '', after: '' }));
  const cut = (at: number, from: RegExp): string => {
    const each = all[at];
    if (each?.part.kind !== 'text' || isButton(each.part)) return '';
    const [found = ''] = from.exec(each.part.text) ?? [];
    each.part = { ...each.part, text: each.part.text.replace(from, '') };
    return found;
  };
  for (const [at, each] of all.entries()) {
    if (!isButton(each.part)) continue;
    each.before = cut(at - 1, /[([{"'“‘]+$/);
    each.after = cut(at + 1, /^\S{1,12}/);
  }
  return all;
}

const isButton = (part: Part): boolean =>
  part.kind !== 'link' && (part.term !== undefined || (part.kind === 'code' && shellLine.test(part.text)));

function Shown({ part, open }: { part: Part; open: Props['open'] }) {
  const { words } = useWords();
  switch (part.kind) {
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'link':
      return (
        <a href={part.url} target="_blank" rel="noreferrer noopener">
          {part.text}
        </a>
      );
    case 'code': {
      if (part.term !== undefined)
        return (
          <Term term={part.term}>
            <code>{part.text}</code>
          </Term>
        );
      const shell = shellLine.exec(part.text);
      if (!shell || !open) return <Code text={part.text} />;
      const node = shell[1] ?? 'host';
      return (
        <button
          type="button"
          className="prose-shell"
          title={words.prose.open(node)}
          onClick={() => open(node)}
        >
          {part.text}
        </button>
      );
    }
    default:
      if (part.term === undefined) return part.text;
      return <Term term={part.term}>{part.text}</Term>;
  }
}

/** A line that sends a packet has a button that does it. */
function Code({ text }: { text: string }) {
  const { words } = useWords();
  const send = useContext(SendContext);
  const question = send && questionIn(text);
  const code = <code>{breakable(text)}</code>;
  if (!send || !question) return code;
  return (
    <>
      {code}{' '}
      <button
        type="button"
        className="prose-shell prose-send"
        title={`${words.packet.sendThis}: ${text}`}
        onClick={() => send(question)}
      >
        {words.packet.sendThis}
      </button>
    </>
  );
}

/** More does not fit beside a phone's margins. */
const longest = 36;

/** Lines break between words alone, and not between an option and its value. */
function breakable(code: string) {
  return code.split(/(?<!(?:^|\s)-\S*)(?=\s)/).map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in their order.
    <span key={at} className={piece.length > longest ? undefined : 'whole'}>
      {piece}
    </span>
  ));
}
