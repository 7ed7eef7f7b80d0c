import { type FormEvent, useState } from 'react';
import { playground } from '../../core/play/playground.ts';
import { SeedField } from '../practice/seed-field.tsx';
import { standingOf } from '../state/standing.ts';
import { useWords } from '../words/use-words.ts';
import type { Hands, StartLists } from './listed.ts';

const any = '';

/** Practice without a lab's text: a finished lab, done before or not, with a fault in it. */
export function PracticeStart({ listed, hands }: { listed: StartLists; hands: Hands }) {
  const { words, language } = useWords();
  const { practice } = words;
  const [chosen, setChosen] = useState(any);
  const [seed, setSeed] = useState('');
  const labs = listed.labs.filter(({ id, missing }) => missing.length === 0 && id !== playground);
  const done = labs.filter((lab) => standingOf(lab, []) === 'done');
  if (labs.length === 0) return null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const among = done.length > 0 ? done : labs.slice(0, 1);
    const lab = chosen === any ? among[Math.floor(Math.random() * among.length)]?.id : chosen;
    if (lab) hands.practise(lab, seed);
  }
  return (
    <section className="start-practice" aria-labelledby="start-practice">
      <div>
        <h2 id="start-practice">{practice.begin}</h2>
        <p className="quiet">{practice.mode}</p>
      </div>
      <form onSubmit={submit}>
        <label>
          {practice.lab}
          <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
            <option value={any}>{done.length > 0 ? practice.anyDone : labs[0]?.title[language]}</option>
            {(done.length > 0 ? labs : labs.slice(1)).map(({ id, title }) => (
              <option key={id} value={id}>
                {title[language]}
              </option>
            ))}
          </select>
        </label>
        <SeedField choose={setSeed} />
        <button type="submit" disabled={hands.busy}>
          {practice.start}
        </button>
      </form>
    </section>
  );
}
