import { useContext } from 'react';
import { directionOf, type PacketEvent } from '../../core/picture/events.ts';
import { eventText } from '../../core/picture/say.ts';
import { ColourOrder, colourOf } from '../topology/colour.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  events: PacketEvent[];
  at: number;
  go(at: number): void;
}

const width = 92;
const head = 30;
const step = 30;
/** For the words beside the arrows. */
const side = 210;

/** The trace as a sequence diagram: nodes as columns, time down. */
export default function Sequence({ events, at, go }: Props) {
  const { words, language } = useWords();
  const { packet } = words;
  const order = useContext(ColourOrder);
  const nodes = columns(events);
  const x = (node: string) => nodes.indexOf(node) * width + width / 2;
  const whole = nodes.length * width + side;
  const height = head + events.length * step + 8;
  return (
    <section className="sequence" aria-label={packet.sequence}>
      <svg viewBox={`0 0 ${whole} ${height}`} style={{ width: whole, height }}>
        <title>{packet.events}</title>
        {nodes.map((node) => (
          <g key={node} className={colourOf(node, order)}>
            <line className="sequence-life" x1={x(node)} x2={x(node)} y1={head - 6} y2={height} />
            <text className="sequence-node" x={x(node)} y={16} textAnchor="middle">
              {node}
            </text>
          </g>
        ))}
        {events.map((event, index) => {
          const y = head + index * step + step / 2;
          const [from, to] = span(events, index);
          const label = `${event.hop.node}: ${eventText(event, language, packet)}`;
          const [x1, x2] = [x(from), x(to)];
          const back = x2 < x1 ? 1 : -1;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a shape of the diagram; HTML's button cannot be one.
            <g
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not reorder.
              key={index}
              className={`sequence-event packet-${directionOf(event)} ${index === at ? 'current' : ''}`}
              role="button"
              tabIndex={0}
              aria-label={label}
              aria-current={index === at ? 'step' : undefined}
              onClick={() => go(index)}
              onKeyDown={(press) => {
                if (press.key !== 'Enter' && press.key !== ' ') return;
                press.preventDefault();
                go(index);
              }}
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
              <text x={nodes.length * width + 4} y={y + 4}>
                {eventText(event, language, packet)}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

/** Nodes in the order in which the packet meets them. */
function columns(events: PacketEvent[]): string[] {
  const asked = events.flatMap(({ kind, hop }) =>
    kind === 'question' && hop.resolution?.by ? [hop.node, hop.resolution.by.node] : [hop.node],
  );
  return [...new Set(asked)];
}

/** From where to where an event moves: a question to whoever replies, a packet from the hop before. */
function span(events: PacketEvent[], at: number): [string, string] {
  const event = events[at];
  if (!event) return ['', ''];
  const { node, resolution } = event.hop;
  if (event.kind === 'question') return [node, resolution?.by?.node ?? node];
  const before = events.slice(0, at).findLast(({ kind, packet }) => kind === 'hop' && packet === event.packet)
    ?.hop.node;
  return [before ?? node, node];
}
