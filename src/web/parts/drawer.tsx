import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/use-words.ts';

interface Props {
  title: string;
  note?: string;
  close(): void;
  children: ReactNode;
}

/** A panel over the right side; Escape closes it, and the focus goes back where it was. */
export function Drawer({ title, note, close, children }: Props) {
  const { words } = useWords();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      className="drawer"
      tabIndex={-1}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="drawer-head">
        <h2>{title}</h2>
        {note && <span className="quiet">{note}</span>}
        <button
          type="button"
          className="icon"
          aria-label={words.lab.close}
          title={words.lab.close}
          onClick={close}
        >
          ×
        </button>
      </header>
      <div className="drawer-body">{children}</div>
    </aside>
  );
}
