import { styleText } from 'node:util';
import type { Drawing, Drawn, Path } from './drawing.ts';
import { type HopRow, hopRows } from './hop-rows.ts';
import { lineWidth, pad, proseWidth, width } from './width.ts';
import { wrap } from './wrap.ts';

type Packet = Path['packets'][number];

type Upstream = Path['upstream'][number];

/** The least number of packets that show a connection; the rest take the same paths. */
const leastPackets = 5;

/** A traced path: a line for each hop in aligned columns, and the verdict last. */
export function pathText(path: Path, drawing: Drawing): string {
  const { words, language, details } = drawing;
  const sights = details ? path.packets : story(path.packets);
  const left = path.packets.length - sights.length;
  return [
    packetsText(sights, drawing),
    ...(sights.length === 0 ? [words.never, ''] : []),
    ...(left > 0 ? [styleText('dim', words.more(left)), ''] : []),
    ...path.upstream.flatMap((each) => [
      ...upstreamTitle(each, drawing),
      packetsText(details ? each.packets : story(each.packets), drawing),
    ]),
    ...path.gaps.flatMap(({ text }) =>
      wrap(text[language], proseWidth()).map((line) => styleText('yellow', line)),
    ),
    endText(path, drawing),
    ...path.upstream.flatMap((each) => ['', ...upstreamTitle(each, drawing), endText(each, drawing)]),
  ].join('\n');
}

function upstreamTitle({ program, from, to, port }: Upstream, { words }: Drawing): string[] {
  return wrap(words.upstream(program, from, endpoint(to, port)), proseWidth());
}

const endpoint = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** Packets, each with its hops below; all in the same columns. */
export function packetsText(packets: readonly Drawn[], drawing: Drawing): string {
  const rows = packets.map((packet) => hopRows(packet, drawing));
  const all = rows.flat().map(({ cells }) => cells);
  // The last column is prose.
  const widths = Array.from({ length: 7 }, (_, column) =>
    Math.max(0, ...all.map((cells) => width(cells[column] ?? ''))),
  );
  const lines = packets.map((packet, index) => [
    titleOf(packet, drawing),
    ...(rows[index] ?? []).flatMap((row) => rowLines(row, widths)),
    '',
  ]);
  return lines.flat().join('\n');
}

/** One line if it fits; the event goes on below its own beginning, or below the hop if room is scarce. */
function rowLines({ cells, below }: HopRow, widths: readonly number[]): string[] {
  const columns = widths.map((each, column) => pad(cells[column] ?? '', each)).join('  ');
  const [start, what] = [width(columns) + 2, cells[7] ?? ''];
  const room = lineWidth() - start;
  const indent = room >= 32 || width(what) <= room ? start : 12;
  const parts = wrap(what, lineWidth() - indent);
  const first = indent === start ? [`${columns}  ${parts.shift() ?? ''}`.trimEnd()] : [columns.trimEnd()];
  const more = below.flatMap((text) => wrap(text, lineWidth() - 12).map((part) => styleText('dim', part)));
  return [
    ...first,
    ...parts.map((part) => ' '.repeat(indent) + part),
    ...more.map((part) => ' '.repeat(12) + part),
  ];
}

/** Enough packets to show how it went: handshake and first exchange. */
function story(packets: readonly Packet[]): readonly Packet[] {
  const answered = packets.findIndex(
    ({ direction, header }) => direction === 'reply' && (header.tcp?.payload ?? 0) > 0,
  );
  return packets.slice(0, Math.max(leastPackets, answered + 1));
}

function titleOf({ number, direction, name, hops }: Drawn, { words, language }: Drawing): string {
  const first = hops[0]?.before ?? hops[0]?.after;
  const ends = first
    ? `${endpoint(first.source, first.sourcePort)} → ${endpoint(first.destination, first.destinationPort)}`
    : '';
  const about = `${words.direction[direction]}  ${ends}`;
  return `${styleText('bold', `${number}  ${name[language]}`)}  ${styleText('dim', about)}`;
}

const colours = {
  delivered: 'green',
  refused: 'red',
  dropped: 'red',
  lost: 'magenta',
  'answer-lost': 'yellow',
} as const;

function endText({ end }: Pick<Path, 'end'>, { words, language }: Drawing): string {
  const text = wrap(end.text[language], proseWidth());
  const sources = end.sources.map((source) => words.sources[source]).join(', ');
  return [
    ...text.map((line) => styleText(['bold', colours[end.kind]], line)),
    ...(end.kernel === null ? [] : [`  ${words.kernel(end.kernel)}`]),
    `  ${styleText('dim', words.from(sources))}`,
    ...(end.cure.length === 0 ? [] : [`  ${words.cure}:`]),
    ...end.cure.flatMap(({ on, run, or }) => [
      ...(or ? [`  ${words.or}:`] : []),
      `    ${styleText('dim', `${on} #`)} ${styleText('cyan', run)}`,
    ]),
  ].join('\n');
}
