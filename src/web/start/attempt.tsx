import type { Snapshot } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  session: Snapshot;
  current: boolean;
  end(): void;
}

/** A session one can go on with, or end. */
export function Attempt({ session, current, end }: Props) {
  const { words, language } = useWords();
  const done = session.steps.filter(({ doneAt, shown }) => doneAt !== null && !shown).length;
  const step = session.steps.find(({ id }) => id === session.step)?.title[language] ?? session.step;
  return (
    <div className="attempt">
      <div className="attempt-facts">
        <span className="attempt-step">{step}</span>
        <span className="quiet">
          {words.start.done(done, session.steps.length)}
          {current && ` · ${words.start.current}`}
        </span>
        <progress
          aria-label={words.start.done(done, session.steps.length)}
          value={done}
          max={session.steps.length}
        />
      </div>
      <a className="button primary" href={`#/s/${session.id}`} aria-label={`${words.start.resume}: ${step}`}>
        {words.start.resume}
      </a>
      <button
        type="button"
        className="icon"
        aria-label={`${words.start.stop}: ${session.id}`}
        title={words.start.stop}
        onClick={end}
      >
        ×
      </button>
    </div>
  );
}
