import { type KeyboardEvent, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { directionOf, endpointOf, eventsOf, type Path, spotOf } from '../../core/picture/events.ts';
import { cardId, type Picture } from '../../core/picture/model.ts';
import { eventText, placeOf } from '../../core/picture/say.ts';
import type { Spot } from '../../core/picture/spot.ts';
import { later } from '../parts/later.ts';
import type { Bench } from '../view/bench.ts';
import type { Sent } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { Compare } from './compare.tsx';
import { PacketEnd } from './end.tsx';
import { pressOn } from './event-keys.ts';
import { HopDetails } from './hop-details.tsx';
import { bytesOf } from './pcapng.ts';
import { Transport } from './transport.tsx';

const Opened = later(() => import('./opened.tsx'));
const Sequence = later(() => import('./sequence.tsx'));

interface Props {
  bench: Bench;
  sent: Sent;
  picture: Picture;
  show(spot: Spot | null): void;
  type(node: string, run: string): void;
}

/** A packet's way, event by event, with its end. */
export function Player({ bench, sent, picture, show, type }: Props) {
  const { path, before } = sent;
  const { words, language } = useWords();
  const { packet } = words;
  const events = useMemo(() => eventsOf(path), [path]);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(true);
  const [asSequence, setAsSequence] = useState(false);
  const event = events[at];
  const last = events.length - 1;
  const own = useRef<HTMLDivElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const current = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const body = own.current?.parentElement;
    if (body && own.current) body.scrollTop = own.current.offsetTop;
  }, []);
  // Once for each event: whoever scrolls elsewhere afterwards stays there. The end is what one waited for: its
  // beginning comes into view, and not the last event.
  useEffect(() => {
    const isOver = at >= last;
    const shown = isOver ? result.current : current.current;
    const room = own.current?.parentElement?.clientHeight ?? 0;
    const isLong = isOver && (shown?.offsetHeight ?? 0) > room;
    shown?.scrollIntoView({ block: isLong ? 'start' : 'nearest' });
  }, [at, last]);

  function play(): void {
    if (!playing && at >= last) setAt(0);
    setPlaying(!playing);
  }
  const choose = (event: number) => {
    setPlaying(false);
    setAt(event);
  };
  const press = (event: KeyboardEvent<HTMLElement | SVGElement>) =>
    pressOn(event, { at, last, go: choose, play });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture that is read anew moves nothing again.
  useEffect(() => {
    show(event ? spotOf(event, at, picture) : nowhere(path));
    return () => show(null);
  }, [event, at]);

  if (!event) {
    return (
      <div className="player-details" ref={own}>
        <PacketEnd path={path} type={type} />
        {before && <Compare before={before} now={sent} />}
        <p className="quiet">{packet.unsent(path.from)}</p>
      </div>
    );
  }
  return (
    <div className="player" ref={own}>
      <div className="player-result" ref={result}>
        {at >= last && (
          <>
            <PacketEnd path={path} type={type} />
            {before && <Compare before={before} now={sent} />}
          </>
        )}
      </div>
      <div className="player-list">
        <Transport go={setAt} {...{ at, last, playing, setPlaying, play }} />
        <div className="player-tools">
          <button
            type="button"
            className="small"
            aria-pressed={asSequence}
            onClick={() => setAsSequence(!asSequence)}
          >
            {asSequence ? packet.list : packet.sequence}
          </button>
          {sent.pcapng !== null && (
            <button type="button" className="small" onClick={() => save(sent)}>
              {packet.save}
            </button>
          )}
        </div>
        {asSequence ? (
          <Suspense fallback={null}>
            <Sequence events={events} at={at} go={choose} press={press} />
          </Suspense>
        ) : (
          <ol className="packet-events" aria-label={packet.events}>
            {events.map((each, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not reorder.
              <li key={index}>
                {each.opens && (
                  <p className="packet-opens">
                    {packet.upstream(each.opens.program, each.opens.from, endpointOf(each.opens))}
                  </p>
                )}
                <button
                  type="button"
                  className={`packet-event packet-${directionOf(each)} packet-${each.hop.layer}`}
                  data-event
                  tabIndex={index === at ? 0 : -1}
                  aria-current={index === at ? 'step' : undefined}
                  ref={index === at ? current : undefined}
                  onClick={() => choose(index)}
                  onKeyDown={press}
                >
                  <span className="packet-dot" />
                  <span className="packet-node">{placeOf(each.hop)}</span>
                  <span className="quiet">{eventText(each, language, packet)}</span>
                </button>
              </li>
            ))}
          </ol>
        )}
      </div>
      <div className="player-details">
        <HopDetails event={event} />
        <Suspense fallback={null}>
          <Opened bench={bench} sent={sent} event={event} />
        </Suspense>
      </div>
    </div>
  );
}

/** It never left: the node that kept it is all there is to show. */
function nowhere({ end }: Path): Spot {
  return { number: -1, direction: 'error', element: cardId(end.node), wire: null, backwards: false };
}

/** For Wireshark: everything that was captured, as a file. */
function save({ pcapng, question }: Sent): void {
  if (pcapng === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytesOf(pcapng)]));
  link.download = `${question.from}-${question.probe.kind}.pcapng`;
  link.click();
  URL.revokeObjectURL(link.href);
}
