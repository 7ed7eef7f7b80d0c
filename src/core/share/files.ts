import type { Language } from '../language.ts';
import { colourOf } from '../picture/colour.ts';
import { directionOf, eventsOf, type PacketEvent, type Path, spotOf } from '../picture/events.ts';
import { withoutHolders } from '../picture/holders.ts';
import { layout } from '../picture/layout.ts';
import { pictureOf } from '../picture/model.ts';
import { eventText, type PacketWords, placeOf } from '../picture/say.ts';
import { servicesOf } from '../picture/services.ts';
import { sketchOf } from '../picture/sketch.ts';
import type { Observation } from '../state/observation.ts';
import { htmlOf } from './html.ts';
import { mermaidOf } from './mermaid.ts';
import type { Shared } from './shared.ts';
import { svgOf } from './svg.ts';

interface Given extends Pick<Shared, 'title' | 'challenge' | 'palette' | 'virtual'> {
  language: Language;
  words: PacketWords;
  observation: Observation;
  view: Record<string, [number, number]>;
  /** The nodes in the order of their colours. */
  order: readonly string[];
  /** The packet that was sent, if one was. */
  sent: { question: PacketQuestion; path: Path } | null;
}

interface PacketQuestion {
  from: string;
  to: string;
  probe: { kind: string; url?: string };
}

/** Picture and trace as files that need nothing else: each is made when it is asked for. */
export function filesOf(given: Given) {
  const { language, title, challenge, palette, virtual, words, observation, view, order, sent } = given;
  const whole = pictureOf(observation);
  const picture = withoutHolders(whole);
  const events = sent ? eventsOf(sent.path) : [];
  const spots = events.map((event, index) => spotOf(event, index, whole));
  const services = servicesOf(observation);
  const sketch = sketchOf({ picture, places: layout(picture, view), order, services, spots });
  const shared: Shared = {
    ...{ language, title, challenge, palette, services, virtual },
    trace: sent && {
      title: titleOf(sent.question),
      hops: events.map((event) => ({
        place: placeOf(event.hop),
        colour: colourOf(event.hop.node, order),
        direction: directionOf(event),
        text: eventText(event, language, words),
        notes: notesOf(event, language),
      })),
      end: sent.path.end.text[language],
    },
  };
  const svg = () => svgOf(sketch, shared);
  return { svg, html: () => htmlOf(shared, svg()), mermaid: () => mermaidOf(picture, shared) };
}

/** `red → 192.168.1.3 (icmp)` */
export const titleOf = ({ from, to, probe }: PacketQuestion): string =>
  `${from} → ${to || probe.url || ''} (${probe.kind})`;

function notesOf({ kind, hop }: PacketEvent, language: Language): string[] {
  if (kind === 'question') return [];
  const rules = hop.rules.flatMap(({ table, rule, verdict }) =>
    rule ? [`${table}: ${rule} (${verdict})`] : [],
  );
  return [...(hop.nat ? [hop.nat[language]] : []), ...(hop.route ? [hop.route.text] : []), ...rules];
}
