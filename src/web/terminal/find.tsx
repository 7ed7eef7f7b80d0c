import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { type Matches, matchesOf } from './matches.ts';

interface Props {
  terminal: Terminal;
  close(): void;
}

/** Looks in all that a terminal has shown: Enter goes back in time, Shift and Enter forth. Loaded when it first opens. */
export default function Find({ terminal, close }: Props) {
  const search = useMemo(() => {
    const addon = new SearchAddon();
    terminal.loadAddon(addon);
    return addon;
  }, [terminal]);
  useEffect(() => () => search.dispose(), [search]);
  const { words } = useWords();
  const { find } = words.terminal;
  const [text, setText] = useState('');
  const [found, setFound] = useState<Matches | null>(null);

  const look = (back: boolean, term = text) => {
    if (term === '') search.clearDecorations();
    else if (back) search.findPrevious(term);
    else search.findNext(term);
    setFound(term === '' ? null : matchesOf(terminal, term));
  };
  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') look(!event.shiftKey);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <search className="terminal-find">
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: it was asked for just now.
        autoFocus
        aria-label={find.label}
        placeholder={find.label}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          look(true, target.value);
        }}
        onKeyDown={press}
      />
      <span role="status">{found && (found.count > 0 ? `${found.at} / ${found.count}` : find.none)}</span>
      <button
        type="button"
        className="icon"
        aria-label={find.before}
        title={find.before}
        onClick={() => look(true)}
      >
        ↑
      </button>
      <button
        type="button"
        className="icon"
        aria-label={find.after}
        title={find.after}
        onClick={() => look(false)}
      >
        ↓
      </button>
      <button type="button" className="icon" aria-label={find.close} title={find.close} onClick={close}>
        ×
      </button>
    </search>
  );
}
