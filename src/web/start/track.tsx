import { isDone, nextOf } from '../state/standing.ts';
import { useWords } from '../words/use-words.ts';
import { LabCard, toCard } from './lab-card.tsx';
import type { Hands, StartLists } from './listed.ts';

interface Props {
  track: StartLists['tracks'][number];
  listed: StartLists;
  hands: Hands;
}

/** Labs that belong together, in the order they are learnt in, and the skills they give. */
export function Track({ track, listed, hands }: Props) {
  const { words, language } = useWords();
  const labs = listed.labs.filter((lab) => lab.track === track.id);
  const done = labs.filter(isDone).length;
  if (labs.length === 0) return null;
  const next = nextOf(listed.labs);
  const theme = themeOf(labs.map(({ title }) => title[language]));
  const minutes = labs.reduce((sum, lab) => sum + lab.minutes, 0);
  return (
    <section className="track" aria-labelledby={`track-${track.id}`}>
      <div className="track-head">
        <h2 id={`track-${track.id}`}>{track.title[language]}</h2>
        <p className="track-facts">
          {words.start.labsDone(done, labs.length)} · {words.start.minutes(minutes)}
        </p>
        {track.after && <p className="track-after">{track.after[language]}</p>}
      </div>
      {labs.length > 1 && (
        <ol className="track-path" aria-label={words.start.path}>
          {labs.map((lab, index) => (
            <li key={lab.id} className={isDone(lab) ? 'met' : ''}>
              <button
                type="button"
                aria-current={lab === next ? 'step' : undefined}
                onClick={() => toCard(lab.id)}
              >
                <span className="lab-number" aria-hidden="true">
                  {isDone(lab) ? '✓' : index + 1}
                </span>
                {lab.title[language].slice(theme.length)}
              </button>
            </li>
          ))}
        </ol>
      )}
      <ol className="track-labs">
        {labs.map((lab, index) => (
          <LabCard key={lab.id} lab={lab} number={index + 1} listed={listed} hands={hands} />
        ))}
      </ol>
    </section>
  );
}

/** What all titles begin with, `Kubernetes: `: under the title of their track it says nothing. */
function themeOf([first = '', ...others]: string[]): string {
  const theme = /^[^:]+: /.exec(first)?.[0] ?? '';
  return others.every((title) => title.startsWith(theme)) ? theme : '';
}
