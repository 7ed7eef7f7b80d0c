import { cardId, type Picture, rowsOf } from '../picture/model.ts';
import type { Shared } from './shared.ts';

/** The picture as a flowchart and the trace as a sequence diagram, for whatever draws Mermaid in Markdown. */
export function mermaidOf(picture: Picture, { title, trace, services, virtual }: Shared): string {
  const ids = new Map(picture.elements.map(({ id }, index) => [id, `n${index}`]));
  const nodes = picture.elements.map((element) => {
    const rows = rowsOf(element).map(({ name, addresses }) => [name, ...addresses].join(' '));
    const name = element.kind === 'switch' ? `${element.name} (${element.node})` : element.node;
    const [open, close] = element.kind === 'switch' ? ['[/', '/]'] : ['[', ']'];
    return `  ${ids.get(element.id)}${open}"${[name, ...rows].map(plain).join('<br/>')}"${close}`;
  });
  const cards = services.map(
    ({ name, addresses }, index) =>
      `  s${index}(["${[name, ...addresses, virtual].map(plain).join('<br/>')}"])`,
  );
  const wires = picture.wires.map(({ kind, ends: [one, other] }) => {
    const line = kind === 'cable' ? '---' : '-.-';
    return `  ${ids.get(one.element) ?? cardId('')} ${line} ${ids.get(other.element)}`;
  });
  return [
    `**${title.replaceAll(/[*_`<>&\\]/g, ' ')}**`,
    '',
    ...fence(['flowchart LR', ...nodes, ...cards, ...wires]),
    ...(trace === null ? [] : ['', ...fence(sequence(trace))]),
    '',
  ].join('\n');
}

const fence = (lines: string[]): string[] => ['```mermaid', ...lines, '```'];

function sequence({ title, hops, end }: NonNullable<Shared['trace']>): string[] {
  const places = [...new Set(hops.map(({ place }) => place))];
  const id = (place: string) => `p${places.indexOf(place)}`;
  const lines = hops.map(({ place, text, notes }, index) => {
    const before = hops[index - 1]?.place;
    const words = [text, ...notes].map(plain).join('<br/>');
    return before === undefined || before === place
      ? `  Note over ${id(place)}: ${words}`
      : `  ${id(before)}->>${id(place)}: ${words}`;
  });
  const last = hops.at(-1);
  return [
    'sequenceDiagram',
    ...places.map((place) => `  participant ${id(place)} as ${plain(place)}`),
    `  Note over ${[...new Set([id(places[0] ?? ''), id(places.at(-1) ?? '')])].join()}: ${plain(title)}`,
    ...lines,
    ...(last ? [`  Note over ${id(last.place)}: ${plain(end)}`] : []),
  ];
}

/** Only what neither Mermaid nor the HTML it makes gives a meaning. */
const plain = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N} .,:/→()=+@-]/gu, (each) => `#${each.codePointAt(0)};`)
    .replaceAll('end', 'e#110;d');
