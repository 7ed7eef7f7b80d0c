import { useWords } from '../words/use-words.ts';
import type { StartLists } from './listed.ts';

/** The way back to the session that was used last, without looking for its lab. */
export function GoOn({ listed: { sessions, current } }: { listed: StartLists }) {
  const { words, language } = useWords();
  const last = sessions.find(({ id }) => id === current) ?? sessions.at(-1);
  if (!last) return null;
  const step = last.steps.find(({ id }) => id === last.step)?.title[language] ?? last.step;
  return (
    <section className="go-on" aria-labelledby="go-on">
      <div>
        <h2 id="go-on">{words.start.goOn}</h2>
        <p>
          <strong>{last.title[language]}</strong>
          <span className="quiet"> · {step}</span>
        </p>
      </div>
      <a className="button primary" href={`#/s/${last.id}`}>
        {words.start.resume}
      </a>
    </section>
  );
}
