import { useEffect, useState } from 'react';
import { usePaced } from '../state/paced.ts';
import { useStore } from '../store/store.ts';
import type { Ends } from '../topology/hands.ts';
import { pictureOf } from '../topology/model.ts';
import type { Spot } from '../topology/spot.ts';
import type { ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import type { Path } from './events.ts';
import { PacketForm, type PacketQuestion } from './form.tsx';
import './packet.css';
import './player.css';
import './hop.css';
import { Player } from './player.tsx';
import { guessedRight, Prediction } from './prediction.tsx';

interface Props extends ViewProps {
  ends: Ends;
  choose(ends: Partial<Ends>): void;
  show(spot: Spot | null): void;
  close(): void;
}

/** Sends a real packet and shows its way. Over the terminals, which go on below it. */
export function PacketPane({ bench, ends, choose, show, close }: Props) {
  const { words } = useWords();
  const { packet } = words;
  const observation = usePaced(bench.live.observation);
  const busy = useStore(bench.busy) !== undefined;
  const [path, setPath] = useState<Path | null>(null);
  const [predict, setPredict] = useState(false);
  /** Null: not guessed yet; undefined: not asked. */
  const [guess, setGuess] = useState<string | null | undefined>(undefined);

  // Another machine: the packet's way is not there any more.
  useEffect(
    () =>
      bench.following.onEvent(({ event }) => {
        if (event.type !== 'machine') return;
        setPath(null);
        setGuess(undefined);
        show(null);
      }),
    [bench, show],
  );

  function send({ from, to, probe }: PacketQuestion): void {
    setPath(null);
    show(null);
    void bench.act(async () => {
      const target = to === '' ? {} : { to };
      const traced = await bench.link.call('path.trace', { session: bench.session, from, ...target, probe });
      setGuess(predict ? null : undefined);
      setPath(traced.path);
    });
  }
  const type = (node: string, run: string) => {
    close();
    bench.type(node, run);
  };
  const nodes = Object.keys(observation?.nodes ?? {});

  return (
    <section
      id="pane-packets"
      className="pane packets"
      data-pane="terminals"
      tabIndex={-1}
      aria-label={packet.title}
    >
      <header className="pane-head">
        <h2>{packet.title}</h2>
        <button type="button" className="small packets-close" onClick={close}>
          {packet.close}
        </button>
      </header>
      {observation && (
        <PacketForm
          observation={observation}
          ends={ends}
          choose={choose}
          busy={busy}
          predict={predict}
          setPredict={setPredict}
          send={send}
        />
      )}
      {path && guess === null && <Prediction nodes={nodes} guess={setGuess} />}
      {path && typeof guess === 'string' && (
        <p className="guessed" role="status">
          {guessedRight(guess, path) ? packet.right : packet.wrong}
        </p>
      )}
      {path && observation && guess !== null && (
        <Player
          key={JSON.stringify(path)}
          path={path}
          picture={pictureOf(observation)}
          show={show}
          type={type}
        />
      )}
      {!path && <p className="quiet pane-empty">{busy ? words.lab.working : packet.lead}</p>}
    </section>
  );
}
