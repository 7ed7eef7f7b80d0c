import { useEffect, useRef, useState } from 'react';
import { layout } from '../../core/picture/layout.ts';
import { type Sketch, sketchOf } from '../../core/picture/sketch.ts';
import type { Spot } from '../../core/picture/spot.ts';
import { colourOf } from '../topology/colour.ts';
import { useWords } from '../words/use-words.ts';
import './hero.css';
import data from './recorded.json';
import type { Recorded, RecordedEvent } from './recorded.ts';

const recorded = data as unknown as Recorded;
const { from, to, picture, events } = recorded;
const order = [...new Set(picture.elements.map(({ node }) => node))];
const places = layout(picture, recorded.view);
const drawn = sketchOf({ picture, places, order });
/** The line of each event's wire; null where it stays in a node. */
const motions = events.map(({ spot }) => sketchOf({ picture, places, order, spots: [spot] }).motion);

/** Milliseconds for an event, for one that changes an address, and for the end. */
const [usual, telling, ending] = [1500, 3200, 4500];

/** A packet of a real run on its way through a real network, again and again. */
export function Hero() {
  const { words, language } = useWords();
  const { start } = words;
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [at, setAt] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const event = events[at];

  useEffect(() => {
    if (!playing) return;
    const last = at === events.length - 1;
    const pause = last ? ending : events[at]?.nat ? telling : usual;
    const timer = setTimeout(() => setAt(last ? 0 : at + 1), pause);
    return () => clearTimeout(timer);
  }, [playing, at]);

  useEffect(() => {
    const box = drawn.boxes[picture.elements.findIndex(({ id }) => id === events[at]?.spot.element)];
    if (playing && box) scrollTo(frame.current, box.x + box.width / 2);
  }, [playing, at]);

  if (!event) return null;
  return (
    <figure className="hero" aria-label={start.recorded(from, to)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className="hero-picture" ref={frame} tabIndex={0}>
        <Drawing event={event} motion={playing ? (motions[at] ?? null) : null} />
      </div>
      <div className="hero-now">
        <button type="button" className="small" onClick={() => setPlaying(!playing)}>
          {playing ? start.pause : start.play}
        </button>
        <p className={colourOf(event.node, order)}>
          <strong>{event.place}</strong>{' '}
          <span>{at === events.length - 1 ? recorded.end[language] : event.text[language]}</span>
          {event.nat && <em>{event.nat[language]}</em>}
        </p>
      </div>
      <figcaption className="quiet">
        {start.recorded(from, to)} {start.recordedBy} <code>{`hoplab trace ${from} ${to}`}</code>
      </figcaption>
    </figure>
  );
}

/** On a narrow screen the picture is wider than its frame; the packet stays in sight. */
function scrollTo(frame: HTMLDivElement | null, x: number): void {
  const shown = frame?.querySelector('svg')?.getBoundingClientRect();
  if (!frame || !shown) return;
  frame.scrollTo({ left: (x * shown.width) / drawn.width - frame.clientWidth / 2, behavior: 'smooth' });
}

function Drawing({ event, motion }: { event: RecordedEvent; motion: string | null }) {
  const { spot } = event;
  const { width, height } = drawn;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {drawn.wires.map(({ path, colour, kind, state }, index) => {
        const here = picture.wires[index]?.id === spot.wire;
        return (
          <path
            key={path}
            className={`hero-wire hero-${kind} hero-${state} ${colour} ${here ? `here packet-${spot.direction}` : ''}`}
            d={path}
          />
        );
      })}
      {drawn.boxes.map((box, index) => (
        <Box
          key={picture.elements[index]?.id}
          box={box}
          here={picture.elements[index]?.id === spot.element ? spot : null}
        />
      ))}
      {motion && <Moving key={spot.number} motion={motion} event={event} />}
    </svg>
  );
}

/** Between a card's edge and its words, and the most characters that a line has room for. */
const [inset, widest] = [10, 26];

function Box({ box, here }: { box: Sketch['boxes'][number]; here: Spot | null }) {
  return (
    <g
      className={`hero-box hero-${box.kind} ${box.colour} ${here ? `here packet-${here.direction}` : ''}`}
      transform={`translate(${box.x} ${box.y})`}
    >
      <rect width={box.width} height={box.height} rx="9" />
      <text className="hero-name" x={inset} y="25">
        {box.name}
      </text>
      {box.kind === 'switch' && (
        <text className="hero-quiet" x={box.width - inset} y="25" textAnchor="end">
          {box.node}
        </text>
      )}
      {box.rows.map(({ y, name, addresses }) => (
        <g key={name}>
          <text x={inset} y={y + 5}>
            {name}
          </text>
          {addresses.map((address, index) => (
            <text key={address} x={box.width - inset} y={y + 5 + index * 24} textAnchor="end">
              {address}
            </text>
          ))}
        </g>
      ))}
      {box.notes.map(({ y, text }) => (
        <text
          key={text}
          className="hero-quiet"
          x={inset}
          y={y + 5}
          // A route of two long addresses is a little wider than the card.
          {...(text.length > widest && {
            textLength: box.width - 2 * inset,
            lengthAdjust: 'spacingAndGlyphs',
          })}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

const [cardWidth, cardHeight] = [238, 30];

/** The packet with the addresses it has there. */
function Moving({ motion, event: { addresses, spot } }: { motion: string; event: RecordedEvent }) {
  const words = addresses === null ? 'ARP' : addresses.join(' → ');
  const width = addresses === null ? 60 : cardWidth;
  return (
    <g className={`hero-packet packet-${spot.direction}`}>
      <rect x={-width / 2} y={-cardHeight / 2} width={width} height={cardHeight} rx={cardHeight / 2} />
      <text y="5" textAnchor="middle">
        {words}
      </text>
      <animateMotion
        ref={(element: SVGAnimationElement | null) => element?.beginElement()}
        begin="indefinite"
        dur="1.1s"
        fill="freeze"
        path={motion}
      />
    </g>
  );
}
