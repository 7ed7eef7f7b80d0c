import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/use-words.ts';

interface Props {
  title: string;
  note?: string;
  close(): void;
  children: ReactNode;
}

/** A panel over the right side; Escape closes it but from a terminal, and the focus goes back where it was. */
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
  useEffect(() => {
    const leave = ({ key, target }: KeyboardEvent) => {
      // Programs in a terminal want the key, and so does a question that is open.
      const elsewhere = target instanceof Element && target.closest('.screen-frame, dialog') !== null;
      if (key === 'Escape' && !elsewhere) close();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [close]);
  return (
    <aside ref={panel} className="drawer" tabIndex={-1} aria-label={title}>
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
