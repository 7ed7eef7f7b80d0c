import { useEffect, useMemo, useState } from 'react';
import type { Language } from '../../core/language.ts';
import type { Words } from '../../words/en/page.ts';
import { cardId, type Picture } from '../topology/model.ts';
import type { Spot } from '../topology/spot.ts';
import { useWords } from '../words/use-words.ts';
import { PacketEnd } from './end.tsx';
import {
  directionOf,
  endpointOf,
  eventsOf,
  type Hop,
  type PacketEvent,
  type Path,
  spotOf,
} from './events.ts';
import { HopDetails } from './hop-details.tsx';
import { Transport } from './transport.tsx';

interface Props {
  path: Path;
  picture: Picture;
  show(spot: Spot | null): void;
  type(node: string, run: string): void;
}

/** A packet's way, event by event, with its end. */
export function Player({ path, picture, show, type }: Props) {
  const { words, language } = useWords();
  const { packet } = words;
  const events = useMemo(() => eventsOf(path), [path]);
  const [at, setAt] = useState(0);
  const event = events[at];

  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture that is read anew moves nothing again.
  useEffect(() => {
    show(event ? spotOf(event, at, picture) : nowhere(path));
    return () => show(null);
  }, [event, at]);

  if (!event) {
    return (
      <div className="player-details">
        <PacketEnd path={path} type={type} />
        <p className="quiet">{packet.unsent(path.from)}</p>
      </div>
    );
  }
  return (
    <div className="player">
      <div className="player-list">
        <Transport at={at} last={events.length - 1} go={setAt} />
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
                aria-current={index === at ? 'step' : undefined}
                ref={(element) => {
                  if (index === at) element?.scrollIntoView({ block: 'nearest' });
                }}
                onClick={() => setAt(index)}
              >
                <span className="packet-dot" />
                <span className="packet-node">{placeOf(each.hop)}</span>
                <span className="quiet">{eventText(each, language, packet)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      <div className="player-details">
        {at >= events.length - 1 && <PacketEnd path={path} type={type} />}
        <HopDetails event={event} />
      </div>
    </div>
  );
}

/** It never left: the node that kept it is all there is to show. */
function nowhere({ end }: Path): Spot {
  return { number: -1, direction: 'error', element: cardId(end.node), wire: null, backwards: false };
}

/** A frame that is switched is at the bridge, whose node did not look at it. */
const placeOf = ({ layer, bridges, node }: Hop): string =>
  layer === 'bridge' && bridges.length > 0 ? bridges.join(', ') : node;

function eventText({ kind, packet, hop }: PacketEvent, language: Language, words: Words['packet']): string {
  if (kind === 'question') return words.who(hop.resolution?.address ?? '');
  const ttl = hop.changes.find(({ field }) => field === 'ttl');
  return [
    packet.name[language],
    ...(hop.layer === 'bridge' ? [words.switched(hop.node)] : []),
    ...(ttl === undefined ? [] : [`TTL ${ttl.before} → ${ttl.after}`]),
  ].join(', ');
}
