import { useEffect, useState } from 'react';
import type { Result } from '../../protocol/methods.ts';
import type { LabEntry, Snapshot } from '../state/protocol-types.ts';
import { isDone, nextOf } from '../state/standing.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  bench: Bench;
  snapshot: Snapshot;
  actions: Actions;
}

const minute = 60_000;

/** The end of a lab: what was done, and what comes next. */
export function Finished({ bench, snapshot, actions }: Props) {
  const { words, language } = useWords();
  const { lab } = words;
  const busy = useStore(bench.busy) !== undefined;
  const labs = useLabs(bench);
  const next = nextAfter(labs.labs, snapshot.lab);
  const entry = labs.labs.find(({ id }) => id === snapshot.lab);
  const track = labs.tracks.find(({ id }) => id === entry?.track);
  const able = labs.labs.filter((each) => each.track === track?.id).every(isDone) ? track?.after : null;
  const { steps, startedAt } = snapshot;
  const ended = Math.max(...steps.map(({ doneAt }) => doneAt ?? startedAt));
  const typed = steps.some(({ shown }) => shown);
  const answered = steps.flatMap(({ predictions }) => predictions);
  const facts = [
    [lab.took, words.start.minutes(Math.max(1, Math.round((ended - startedAt) / minute)))],
    [lab.hintsUsed, lab.hintCount(snapshot.hints)],
    ...(answered.length === 0
      ? []
      : [[lab.predicted, lab.predictedRight(answered.filter(({ right }) => right).length, answered.length)]]),
  ];
  const begin = (id: string) =>
    void bench.act(async (progress) => {
      const started = await bench.link.call('sessions.start', { lab: id, use: true, progress });
      location.hash = `#/s/${started.id}`;
    });
  return (
    <section className="finished" aria-labelledby="finished">
      <div role="status">
        <h4 id="finished">{typed ? lab.completeShown : lab.complete}</h4>
        {typed && <p>{lab.typedSteps}</p>}
      </div>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol>
        {steps.map(({ id, title, shown }) => (
          <li key={id} className={shown ? 'quiet' : 'done'}>
            {title[language]}
          </li>
        ))}
      </ol>
      {entry && (
        <p>
          <strong>{lab.learnt}</strong> {entry.summary[language]}
        </p>
      )}
      {track && able && (
        <p>
          <strong>{lab.trackDone(track.title[language])}</strong> {able[language]}
        </p>
      )}
      <div className="buttons">
        {next && (
          <button type="button" className="primary" disabled={busy} onClick={() => begin(next.id)}>
            {lab.nextLab(next.title[language])}
          </button>
        )}
        {actions.practise !== null && (
          <button type="button" disabled={busy} onClick={actions.practise}>
            {words.practice.begin}
          </button>
        )}
        <a className="button" href="#/">
          {words.header.home}
        </a>
      </div>
    </section>
  );
}

type Labs = Pick<Result<'labs.list'>, 'labs' | 'tracks'>;

function useLabs({ link }: Bench): Labs {
  const [listed, setListed] = useState<Labs>({ labs: [], tracks: [] });
  useEffect(() => link.onOpen(() => void link.call('labs.list', {}).then(setListed, () => {})), [link]);
  return listed;
}

/** The next lab of its track, else the next that is new. */
function nextAfter(labs: LabEntry[], lab: string): LabEntry | undefined {
  const at = labs.findIndex(({ id }) => id === lab);
  const after = labs[at + 1];
  const follows = at >= 0 && after?.track === labs[at]?.track && after?.missing.length === 0;
  return follows ? after : nextOf(labs.filter(({ id }) => id !== lab));
}
