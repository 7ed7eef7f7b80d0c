import { useContext } from 'react';
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
  const { words } = useWords();
  return parts.map((part, index) => {
    const key = `${index}${part.text}`;
    switch (part.kind) {
      case 'strong':
        return <strong key={key}>{part.text}</strong>;
      case 'emphasis':
        return <em key={key}>{part.text}</em>;
      case 'link':
        return (
          <a key={key} href={part.url} target="_blank" rel="noreferrer noopener">
            {part.text}
          </a>
        );
      case 'code': {
        if (part.term !== undefined)
          return (
            <Term key={key} term={part.term}>
              <code>{part.text}</code>
            </Term>
          );
        const shell = /^hoplab shell(?: ([a-z][\w-]*))?$/.exec(part.text);
        if (!shell || !open) return <Code key={key} text={part.text} />;
        const node = shell[1] ?? 'host';
        return (
          <button
            key={key}
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
        return (
          <Term key={key} term={part.term}>
            {part.text}
          </Term>
        );
    }
  });
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
