import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Glossary } from '../../core/text/glossary.ts';
import { parseInline } from '../../core/text/markdown.ts';

/** The glossary of a text whose terms are marked. */
export const GlossaryContext = createContext<Glossary | null>(null);

/** So long may the pointer be on its way from the term to its meaning. */
const grace = 150;
const margin = 8;

/**
 * A term, with its meaning while the pointer or the focus is on it: the meaning stays under the pointer, and
 * Escape takes it away (WCAG 1.4.13).
 */
export function Term({ term, children }: { term: string; children: ReactNode }) {
  const entry = useContext(GlossaryContext)?.[term];
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const show = () => {
    clearTimeout(leaving.current);
    setOpen(true);
  };
  const hide = () => {
    clearTimeout(leaving.current);
    setOpen(false);
  };
  useEffect(() => () => clearTimeout(leaving.current), []);
  useLayoutEffect(() => {
    if (!open || !tip.current || !button.current) return;
    place(tip.current, button.current.getBoundingClientRect());
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
    };
    const scrolled = () => setOpen(false);
    window.addEventListener('keydown', press, true);
    window.addEventListener('scroll', scrolled, true);
    window.addEventListener('resize', scrolled);
    return () => {
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('scroll', scrolled, true);
      window.removeEventListener('resize', scrolled);
    };
  }, [open]);
  if (!entry) return children;
  return (
    <span
      onPointerEnter={show}
      onPointerLeave={() => {
        leaving.current = setTimeout(hide, grace);
      }}
    >
      <button
        ref={button}
        type="button"
        className="term"
        aria-describedby={open ? id : undefined}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {children}
      </button>
      {open && (
        <span ref={tip} id={id} role="tooltip" className="term-meaning">
          <strong>{entry.names[0]}</strong> <Meaning text={entry.meaning} />
        </span>
      )}
    </span>
  );
}

/** A meaning has plain words and code. */
export function Meaning({ text }: { text: string }) {
  return parseInline(text).map((part) =>
    part.kind === 'code' ? <code key={part.text}>{part.text}</code> : part.text,
  );
}

/** Below the term, above it where there is no room; in the top layer, for the text around it scrolls. */
function place(tip: HTMLElement, term: DOMRect): void {
  tip.popover = 'manual';
  tip.showPopover();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(term.left, document.documentElement.clientWidth - width - margin);
  const below = term.bottom + height < document.documentElement.clientHeight;
  tip.style.left = `${Math.max(margin, left)}px`;
  tip.style.top = `${below ? term.bottom : term.top - height}px`;
}
