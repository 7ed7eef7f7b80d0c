import { useEffect, useState } from 'react';
import { pictureOf } from '../../core/picture/model.ts';
import type { Spot } from '../../core/picture/spot.ts';
import { Pane } from '../parts/pane.tsx';
import { usePaced } from '../state/paced.ts';
import { useStore } from '../store/store.ts';
import type { Ends } from '../topology/hands.ts';
import type { PaneName, ViewProps } from '../view/panes.ts';
import type { PacketQuestion } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { changesSince } from './comparison.ts';
import { PacketForm } from './form.tsx';
import './packet.css';
import './player.css';
import './hop.css';
import './opened.css';
import { Player } from './player.tsx';
import { guessedRight, Prediction } from './prediction.tsx';

interface Props extends ViewProps {
  maximised: PaneName | null;
  toggle(pane: PaneName): void;
  ends: Ends;
  choose(ends: Partial<Ends>): void;
  show(spot: Spot | null): void;
  close(): void;
}

/** Where packets and terminals have room beside each other, as in lab.css. */
const beside = '(min-width: 1200px)';

/** Sends a real packet and shows its path, beside the terminals. */
export function PacketPane({ bench, maximised, toggle, ends, choose, show, close }: Props) {
  const { words } = useWords();
  const { packet } = words;
  const observation = usePaced(bench.live.observation);
  const busy = useStore(bench.busy) !== undefined;
  const sent = useStore(bench.sent);
  const [predict, setPredict] = useState(false);
  /** Null: not guessed yet; undefined: not asked. */
  const [guess, setGuess] = useState<string | null | undefined>(undefined);
  const path = sent?.path;
  const changes = sent && observation ? changesSince(sent.state, observation) : [];

  useEffect(() => {
    toForm();
    return () => {
      if (document.activeElement === document.body) document.getElementById('packets')?.focus();
    };
  }, []);

  function send(question: PacketQuestion): void {
    const before = sent && sameQuestion(sent.question, question) ? { ...sent, before: null } : null;
    bench.sent.set(null);
    void bench.act(async () => {
      const { from, to, probe } = question;
      const target = to === '' ? {} : { to };
      const state = await bench.link.call('topology.get', { session: bench.session });
      const traced = await bench.link.call('path.trace', {
        session: bench.session,
        from,
        ...target,
        probe,
        pcapng: true,
      });
      setGuess(predict ? null : undefined);
      bench.sent.set({ question, ...traced, state, before });
    });
  }
  // Asked for somewhere else on the page.
  const asked = useStore(bench.asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is sent once, when nothing else is under way.
  useEffect(() => {
    if (asked === null || busy) return;
    bench.asked.set(null);
    send(asked);
  }, [asked, busy]);

  const type = (node: string, run: string) => {
    if (!matchMedia(beside).matches) close();
    bench.type(node, run);
  };
  const nodes = Object.keys(observation?.nodes ?? {});

  const tools = (
    <>
      {sent && (
        <button type="button" className="small" onClick={toForm}>
          {packet.another}
        </button>
      )}
      <button type="button" className="small" onClick={close}>
        {packet.close}
      </button>
    </>
  );
  return (
    <Pane name="packets" maximised={maximised} toggle={toggle} tools={tools}>
      {sent && changes.length > 0 && (
        <p className="packet-again" role="status">
          {packet.changed(changes.length)}
          <button type="button" className="small primary" disabled={busy} onClick={() => send(sent.question)}>
            {packet.again}
          </button>
        </p>
      )}
      <div className="packets-body">
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
        {sent && path && observation && guess !== null && (
          <Player
            key={JSON.stringify(path)}
            bench={bench}
            sent={sent}
            picture={pictureOf(observation)}
            show={show}
            type={type}
          />
        )}
        {!path && <p className="quiet pane-empty">{busy ? words.lab.working : packet.lead}</p>}
      </div>
    </Pane>
  );
}

/** Where the packet is chosen, from its end or from another pane. */
export function toForm(): void {
  document.querySelector('.packets-body')?.scrollTo(0, 0);
  document.querySelector<HTMLElement>('.packet-form input')?.focus();
}

const sameQuestion = (one: PacketQuestion, other: PacketQuestion): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
