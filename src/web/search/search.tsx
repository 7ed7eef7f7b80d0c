import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { folded, wordsOf } from '../../core/text/query.ts';
import type { Link } from '../connection/link.ts';
import { Meaning } from '../prose/term.tsx';
import type { LabsFound } from '../state/protocol-types.ts';
import { useGlossary } from '../words/use-glossary.ts';
import { useWords } from '../words/use-words.ts';

/** The lab that is open, and how its steps are. */
export interface Here {
  lab: string;
  look(step: string): void;
}

interface Props {
  link: Link;
  here: Here | null;
  close(): void;
}

const none: LabsFound = { labs: [], places: [], all: 0 };
/** The daemon is asked when the keys rest for so many milliseconds. */
const rest = 120;

/** One field for the labs, their steps and the terms of the field. */
export default function Search({ link, here, close }: Props) {
  const { words, language } = useWords();
  const { search } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState(none);
  const terms = useTerms(query);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      const answer =
        query.trim() === '' ? none : await link.call('labs.search', { query, language }).catch(() => none);
      if (!stale) setFound(answer);
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : rest);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [link, query, language]);

  const titleOf = (id: string) => found.labs.find((lab) => lab.id === id)?.title ?? id;
  const leave = () => dialog.current?.close();
  const labs = found.places.filter(({ step }) => step === null);
  const steps = found.places.filter(({ step }) => step !== null);
  const entry = ({ lab, step, title, excerpt }: LabsFound['places'][number]) => (
    <li key={`${lab} ${step}`}>
      <a
        href={`#/lab/${lab}`}
        onClick={(event) => {
          leave();
          if (here?.lab !== lab) return;
          event.preventDefault();
          here.look(step ?? '');
        }}
      >
        <strong>
          <Marked text={title} query={query} />
        </strong>
        {step !== null && <span className="search-lab">{titleOf(lab)}</span>}
        <span className="search-excerpt">
          <Marked text={excerpt} query={query} />
        </span>
      </a>
    </li>
  );
  const count = found.all + terms.length;
  return (
    <dialog
      ref={dialog}
      className="search"
      aria-labelledby="search-title"
      onClose={close}
      onKeyDown={(event) => walk(event, dialog.current)}
    >
      <h2 id="search-title">{search.title}</h2>
      <input
        type="search"
        aria-label={search.field}
        placeholder={search.field}
        maxLength={200}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
      />
      <p role="status" className="quiet">
        {query.trim() === '' ? search.lead : search.count(count)}
      </p>
      <div className="search-found">
        <Group title={search.terms}>
          {terms.map(([id, { names, meaning }]) => (
            <li key={id} className="search-term">
              <strong>
                <Marked text={names[0] ?? id} query={query} />
              </strong>{' '}
              <Meaning text={meaning} />
            </li>
          ))}
        </Group>
        <Group title={search.labs}>{labs.map(entry)}</Group>
        <Group title={search.steps}>{steps.map(entry)}</Group>
        {found.all > found.places.length && (
          <p className="quiet">{search.more(found.all - found.places.length)}</p>
        )}
      </div>
      <div className="buttons">
        <button type="button" onClick={leave}>
          {words.lab.close}
        </button>
      </div>
    </dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode[] }) {
  const id = useId();
  if (children.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

/** The terms that have all words in their names, before those that have them in their meaning. */
function useTerms(query: string) {
  const glossary = useGlossary();
  const words = wordsOf(query);
  if (glossary === null || words.length === 0) return [];
  const has = (text: string) => words.every((word) => folded(text).includes(word));
  const all = Object.entries(glossary);
  const named = all.filter(([, { names }]) => names.some(has));
  return [...named, ...all.filter((term) => !named.includes(term) && has(term[1].meaning))];
}

/** The words of the query stand out in the text. */
function Marked({ text, query }: { text: string; query: string }) {
  const words = wordsOf(query).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return text;
  return text.split(new RegExp(`(${words.join('|')})`, 'giu')).map(
    (piece, at) =>
      // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of one text, in their order.
      at % 2 === 1 ? <mark key={at}>{piece}</mark> : <span key={at}>{piece}</span>,
    // biome-ignore-end lint/suspicious/noArrayIndexKey: as above.
  );
}

/** The arrows go from the field through what was found, and back. */
function walk(event: KeyboardEvent, dialog: HTMLDialogElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || dialog === null) return;
  const stops = [...dialog.querySelectorAll<HTMLElement>('input, .search-found a')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  event.preventDefault();
  next?.focus();
}
