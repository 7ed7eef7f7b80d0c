import { type KeyboardEvent, useEffect, useState } from 'react';
import { useWords } from '../words/use-words.ts';

interface Props {
  at: number;
  last: number;
  go(at: number): void;
  playing: boolean;
  setPlaying(playing: boolean): void;
  /** Plays, from the beginning once it has been played, or pauses. */
  play(): void;
}

const speeds = [0.5, 1, 2];
const eventTime = 1300;

/** Plays the events one after the other, or goes through them by hand. */
export function Transport({ at, last, go, playing, setPlaying, play }: Props) {
  const { words } = useWords();
  const { packet } = words;
  const [speed, setSpeed] = useState(1);

  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => go(at + 1), eventTime / speed);
    return () => clearTimeout(timer);
  }, [playing, at, last, speed, go, setPlaying]);

  const step = (by: number) => {
    setPlaying(false);
    go(Math.min(last, Math.max(0, at + by)));
  };

  // A slider has arrows of its own, a button Space: the others are the same on both.
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const onSlider = event.target instanceof HTMLInputElement;
    if (onSlider && event.key === ' ') play();
    else if (!onSlider && event.key === 'ArrowRight') step(1);
    else if (!onSlider && event.key === 'ArrowLeft') step(-1);
    else return;
    event.preventDefault();
  };

  return (
    // A button that is of no use now keeps the focus: the arrows lead on from it.
    <div className="transport" role="toolbar" aria-label={packet.transport} onKeyDown={press}>
      <button type="button" className="small" aria-disabled={at === 0} onClick={() => step(-1)}>
        ‹ {packet.back}
      </button>
      <button type="button" className="small primary" onClick={play}>
        {playing ? packet.pause : packet.play}
      </button>
      <button type="button" className="small" aria-disabled={at === last} onClick={() => step(1)}>
        {packet.step} ›
      </button>
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label={packet.scrub}
        aria-valuetext={`${at + 1} / ${last + 1}`}
        onChange={({ target }) => {
          setPlaying(false);
          go(Number(target.value));
        }}
      />
      <span className="transport-place">{`${at + 1} / ${last + 1}`}</span>
      <fieldset className="choice" aria-label={packet.speed}>
        {speeds.map((each) => (
          <button key={each} type="button" aria-pressed={each === speed} onClick={() => setSpeed(each)}>
            {`${each}×`}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
