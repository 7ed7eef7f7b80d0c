import { type KeyboardEvent, useContext } from 'react';
import { directionOf, type Hop, type PacketEvent } from '../../core/picture/events.ts';
import { eventText, placeOf } from '../../core/picture/say.ts';
import { ColourOrder, colourOf } from '../topology/colour.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  events: PacketEvent[];
  at: number;
  go(at: number): void;
  press(event: KeyboardEvent<SVGElement>): void;
}

/** Of a column; of many, less, so that the words beside them are seen too. */
const [wide, narrow] = [92, 76];
const head = 30;
const step = 30;
/** For the words beside the arrows. */
const side = 210;

/** The trace as a sequence diagram: nodes as columns, time down. */
export default function Sequence({ events, at, go, press }: Props) {
  const { words, language } = useWords();
  const { packet } = words;
  const order = useContext(ColourOrder);
  const columns = columnsOf(events);
  const width = columns.length > 3 ? narrow : wide;
  const x = (column: number) => column * width + width / 2;
  const whole = columns.length * width + side;
  const height = head + events.length * step + 8;
  return (
    <section className="sequence" aria-label={packet.sequence}>
      <svg viewBox={`0 0 ${whole} ${height}`} style={{ width: whole, height }}>
        <title>{packet.events}</title>
        {columns.map(({ node, name }, column) => (
          <g key={`${node} ${name}`} className={colourOf(node, order)}>
            <line className="sequence-life" x1={x(column)} x2={x(column)} y1={head - 6} y2={height} />
            <text className="sequence-node" x={x(column)} y={16} textAnchor="middle">
              {name}
            </text>
          </g>
        ))}
        {events.map((event, index) => {
          const y = head + index * step + step / 2;
          const [from, to] = span(events, index).map((place) =>
            columns.findIndex((column) => isSame(column, place)),
          );
          const label = `${placeOf(event.hop)}: ${eventText(event, language, packet)}`;
          const [x1, x2] = [x(from ?? 0), x(to ?? 0)];
          const back = x2 < x1 ? 1 : -1;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a shape of the diagram; HTML's button cannot be one.
            <g
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not reorder.
              key={index}
              className={`sequence-event packet-${directionOf(event)} ${index === at ? 'current' : ''}`}
              role="button"
              data-event
              tabIndex={index === at ? 0 : -1}
              aria-label={label}
              aria-current={index === at ? 'step' : undefined}
              onClick={() => go(index)}
              onKeyDown={press}
            >
              <title>{label}</title>
              <rect x={0} y={y - step / 2 + 2} width={whole} height={step - 4} rx={6} />
              {x1 === x2 ? (
                <circle cx={x1} cy={y} r={5} />
              ) : (
                <>
                  <path d={`M${x1},${y} H${x2 + back * 2}`} />
                  <path d={`M${x2 + back * 9},${y - 5} L${x2 + back * 2},${y} L${x2 + back * 9},${y + 5}`} />
                </>
              )}
              <text x={columns.length * width + 4} y={y + 4}>
                {eventText(event, language, packet)}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

/** A node, or a bridge that switched the packet in it. */
interface Column {
  node: string;
  name: string;
}

const columnOf = (hop: Hop): Column => ({ node: hop.node, name: placeOf(hop) });
const isSame = (one: Column, other: Column) => one.node === other.node && one.name === other.name;

/** In the order in which the packet meets them; nodes that only replied to a question are the last. */
function columnsOf(events: PacketEvent[]): Column[] {
  const met = events.map(({ hop }) => columnOf(hop));
  const replied = events.flatMap(({ hop }) => replierOf(hop) ?? []);
  const all = [...met, ...replied];
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at);
}

function replierOf({ resolution }: Hop): Column | null {
  const node = resolution?.by?.node;
  return node === undefined ? null : { node, name: node };
}

/** From where to where an event moves: a question to the node that replies, a packet from the hop before. */
function span(events: PacketEvent[], at: number): Column[] {
  const event = events[at];
  if (!event) return [];
  const here = columnOf(event.hop);
  if (event.kind === 'question') return [here, replierOf(event.hop) ?? here];
  const before = events
    .slice(0, at)
    .findLast(({ kind, packet }) => kind === 'hop' && packet === event.packet);
  return [before ? columnOf(before.hop) : here, here];
}
