import { type KeyboardEvent, useMemo, useState } from 'react';
import { nameOf, type Picture } from '../../core/picture/model.ts';
import { useWords } from '../words/use-words.ts';
import { found } from './search.ts';

interface Finding {
  /** Null: nothing is looked for. */
  text: string | null;
  hits: readonly string[];
  /** The hit that is shown, its place among them and its name. */
  at: string | null;
  place: number;
  name: string;
  /** It was gone to, so it is to be seen even where it is collapsed. */
  opened: boolean;
  toggle(): void;
  type(text: string): void;
  go(by: 1 | -1): void;
  /** The picture with the nodes that were found, for the table. */
  narrow(picture: Picture): Picture;
}

/** A search in the network by name, title, interface or address. */
export function useFinding(picture: Picture | null, titles: Record<string, string>): Finding {
  const [text, setText] = useState<string | null>(null);
  const [{ place, opened }, setPlace] = useState({ place: 0, opened: false });
  const hits = useMemo(
    () => (picture === null || text === null ? [] : found(picture, titles, text)),
    [picture, titles, text],
  );
  const at = hits[Math.min(place, hits.length - 1)] ?? null;
  const element = picture?.elements.find(({ id }) => id === at);
  return {
    ...{ text, hits, at, place, opened },
    name: element ? nameOf(element) : '',
    toggle: () => setText(text === null ? '' : null),
    type(typed) {
      setText(typed);
      setPlace({ place: 0, opened: false });
    },
    go(by) {
      // The first time it stays where it is: hosts that are collapsed are shown then.
      const next = opened ? (place + by + hits.length) % Math.max(1, hits.length) : place;
      setPlace({ place: next, opened: true });
    },
    narrow(whole) {
      if (text === null || text.trim() === '') return whole;
      const ids = new Set(found(whole, titles, text));
      const nodes = new Set(whole.elements.filter(({ id }) => ids.has(id)).map(({ node }) => node));
      return { ...whole, elements: whole.elements.filter(({ node }) => nodes.has(node)) };
    },
  };
}

export function Find({ finding }: { finding: Finding }) {
  const { words } = useWords();
  const { find } = words.network;
  const { text, hits, place, name, type, go, toggle } = finding;

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** The focus goes to what was found: from there the arrow keys lead on. */
  function close(): void {
    toggle();
    const card = document.querySelector<HTMLElement>('.react-flow__node.hit.at button.card-name');
    (card ?? document.getElementById('find'))?.focus();
  }
  return (
    <search className="find">
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: it was asked for just now.
        autoFocus
        aria-label={find.label}
        placeholder={find.label}
        value={text ?? ''}
        onChange={({ target }) => type(target.value)}
        onKeyDown={press}
      />
      <span className="quiet" role="status">
        {text?.trim() ? (hits.length === 0 ? find.none : find.place(place + 1, hits.length, name)) : ''}
      </span>
      <button type="button" className="small" disabled={hits.length === 0} onClick={() => go(-1)}>
        {find.previous}
      </button>
      <button type="button" className="small" disabled={hits.length === 0} onClick={() => go(1)}>
        {find.next}
      </button>
      <button type="button" className="icon" aria-label={find.close} title={find.close} onClick={close}>
        ×
      </button>
    </search>
  );
}
