import { ownTrack, playground } from '../../core/play/playground.ts';
import { parseInline } from '../../core/text/markdown.ts';
import { Inline } from '../prose/inline.tsx';
import type { LabEntry } from '../state/protocol-types.ts';
import { isDone, nextOf, standingOf } from '../state/standing.ts';
import { useWords } from '../words/use-words.ts';
import { Attempt } from './attempt.tsx';
import type { Hands, StartLists } from './listed.ts';
import { Thumbnail } from './thumbnail.tsx';

interface Props {
  lab: LabEntry;
  /** Its place in the track. */
  number: number;
  listed: StartLists;
  hands: Hands;
}

export function LabCard({ lab, number, listed, hands }: Props) {
  const { words, language } = useWords();
  const { start } = words;
  const title = lab.title[language];
  const sessions = listed.sessions.filter((session) => session.lab === lab.id);
  const standing = standingOf(lab, sessions);
  const attempts = sessions
    .toSorted((one, other) => Number(other.id === listed.current) - Number(one.id === listed.current))
    .map((session) => (
      <Attempt
        key={session.id}
        session={session}
        current={listed.sessions.length > 1 && session.id === listed.current}
        end={() => hands.end(session)}
      />
    ));
  const begin = sessions.length === 0 ? start.begin : start.again;
  return (
    <li className={`lab-card lab-${standing}`} id={`lab-${lab.id}`} tabIndex={-1}>
      <header className="lab-head">
        <span className="lab-number" aria-hidden="true">
          {standing === 'done' ? '✓' : number}
        </span>
        <h3>{title}</h3>
        {standing !== 'new' && (
          <span className={`badge ${standing === 'done' ? 'badge-good' : 'badge-begun'}`}>
            {start.standing[standing]}
          </span>
        )}
      </header>
      <Thumbnail outline={lab.outline} />
      <p className="lab-summary">{lab.summary[language]}</p>
      <p className="lab-facts">
        <span>{start.minutes(lab.minutes)}</span>
        <span>
          {standing === 'begun' && lab.done.length > 0
            ? start.done(lab.done.length, lab.steps.length)
            : start.steps(lab.steps.length)}
        </span>
      </p>
      <Prerequisites lab={lab} labs={listed.labs} />
      {lab.missing.length > 0 && <Missing features={lab.missing} />}
      {attempts.slice(0, 1)}
      {attempts.length > 1 && (
        <details className="attempts">
          <summary>{start.moreSessions(attempts.length - 1)}</summary>
          {attempts.slice(1)}
        </details>
      )}
      <div className="buttons">
        <button
          type="button"
          className={sessions.length === 0 && lab === nextOf(listed.labs) ? 'primary' : ''}
          aria-label={`${begin}: ${title}`}
          disabled={hands.busy || lab.missing.length > 0}
          onClick={() => hands.begin(lab.id)}
        >
          {begin}
        </button>
        {standing === 'done' && lab.id !== playground && (
          <button
            type="button"
            aria-label={`${words.practice.practise}: ${title}`}
            disabled={hands.busy || lab.missing.length > 0}
            onClick={() => hands.practise(lab.id, '')}
          >
            {words.practice.practise}
          </button>
        )}
        {lab.track === ownTrack && sessions.length === 0 && (
          <button
            type="button"
            aria-label={`${start.delete}: ${title}`}
            disabled={hands.busy}
            onClick={() => hands.delete(lab)}
          >
            {start.delete}
          </button>
        )}
      </div>
    </li>
  );
}

export function toCard(lab: string): void {
  const card = document.getElementById(`lab-${lab}`);
  void card?.scrollIntoView({ block: 'center' });
  card?.focus({ preventScroll: true });
}

/** The labs it builds on; it can be started without them. */
function Prerequisites({ lab, labs }: { lab: LabEntry; labs: LabEntry[] }) {
  const { words, language } = useWords();
  const before = labs.filter(({ id }) => lab.prerequisites.includes(id));
  if (before.length === 0) return null;
  return (
    <div className="lab-before">
      <span>{words.start.before}</span>
      <ul>
        {before.map((each) => {
          const state = isDone(each) ? words.start.met : words.start.notMet;
          return (
            <li key={each.id} className={isDone(each) ? 'met' : ''}>
              <button type="button" title={state} onClick={() => toCard(each.id)}>
                <span role="img" aria-label={state}>
                  {isDone(each) ? '✓' : '○'}
                </span>
                {each.title[language]}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** By the names that `hoplab doctor` has for them, and in words. */
function Missing({ features }: { features: string[] }) {
  const { words } = useWords();
  return (
    <div className="lab-missing">
      <p>{words.start.missing}</p>
      <ul>
        {features.map((feature) => (
          <li key={feature}>
            <code>{feature}</code> {words.features[feature]}
          </li>
        ))}
      </ul>
      <p>
        <Inline parts={parseInline(words.start.doctor)} />
      </p>
    </div>
  );
}
