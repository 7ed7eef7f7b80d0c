import type { Sketch } from '../picture/sketch.ts';
import type { Palette, Shared } from './shared.ts';

/** Names and addresses come from a machine: whatever they hold is text. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`).replace(controls, '\ufffd');

/** No XML may hold these, however they are written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** A packet needs so many seconds for a wire. */
const perWire = 0.9;
const [mostName, mostAddress, mostNote] = [22, 22, 32];

/** The picture as a file of its own; with `motion`, its packet runs in a loop. */
export function svgOf(
  sketch: Sketch,
  { title, palette, virtual }: Pick<Shared, 'title' | 'palette' | 'virtual'>,
): string {
  const { width, height, motion } = sketch;
  const wires = sketch.wires.map(
    ({ path, colour, kind, state }) =>
      `<path class="wire ${kind} ${state}" style="stroke:${palette[colour] ?? ''}" d="${path}"/>`,
  );
  const frames = sketch.frames.map(({ x, y, colour, name, ...size }) => {
    const tint = palette[colour] ?? '';
    return [
      `<rect class="frame" x="${x}" y="${y}" width="${size.width}" height="${size.height}" rx="12" style="fill:${tint};stroke:${tint}"/>`,
      `<text class="frame-name" x="${x + 12}" y="${y + 18}">${cut(name, mostName)}</text>`,
    ].join('');
  });
  const boxes = sketch.boxes.map(({ x, y, colour, kind, name, node, rows, notes, ...size }) => {
    const tint = palette[colour] ?? '';
    return [
      `<g transform="translate(${x} ${y})">`,
      `<rect class="box ${kind}" width="${size.width}" height="${size.height}" rx="8"/>`,
      `<rect width="${size.width}" height="4" rx="2" style="fill:${tint}"/>`,
      `<text class="name" x="12" y="24">${cut(name, mostName)}</text>`,
      kind === 'switch'
        ? `<text class="kind" x="${size.width - 12}" y="24" text-anchor="end">${cut(node, 14)}</text>`
        : '',
      ...rows.map(({ y: at, name: row, addresses }) =>
        [
          `<text class="row" x="12" y="${at + 4}">${cut(row, 14)}</text>`,
          ...addresses.map(
            (address, index) =>
              `<text class="row" x="${size.width - 12}" y="${at + 4 + index * 24}" text-anchor="end">${cut(address, mostAddress)}</text>`,
          ),
        ].join(''),
      ),
      ...notes.map(
        ({ y: at, text }) => `<text class="note" x="12" y="${at + 4}">${cut(text, mostNote)}</text>`,
      ),
      '</g>',
    ].join('');
  });
  const services = sketch.services.map(({ x, y, name, addresses, ...size }) => {
    const [namespace = '', short = ''] = name.split('/');
    const line = (text: string, index: number, kind: string) =>
      `<text class="${kind}" x="12" y="${54 + index * 24}">${cut(text, mostNote)}</text>`;
    return [
      `<g transform="translate(${x} ${y})">`,
      `<rect class="box service" width="${size.width}" height="${size.height}" rx="8"/>`,
      `<text class="name" x="12" y="24">${cut(short, mostName)}</text>`,
      `<text class="kind" x="${size.width - 12}" y="24" text-anchor="end">${cut(namespace, 14)}</text>`,
      ...addresses.map((address, index) => line(address, index, 'row')),
      line(virtual, addresses.length, 'note'),
      '</g>',
    ].join('');
  });
  const seconds = Math.max(1, (motion?.match(/M/g)?.length ?? 1) * perWire);
  const packet =
    motion === null
      ? ''
      : `<circle class="packet" r="8"><animateMotion dur="${seconds.toFixed(1)}s" repeatCount="indefinite" path="${motion}"/></circle>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${styles(palette)}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...frames,
    ...wires,
    ...boxes,
    ...services,
    packet,
    '</svg>',
  ].join('\n');
}

const cut = (text: string, most: number): string =>
  escapeText(text.length > most ? `${text.slice(0, most - 1)}…` : text);

function styles({ surface, raised, line, ink, quiet, accent }: Palette): string {
  return [
    `.ground{fill:${surface}}`,
    `.box{fill:${surface};stroke:${line}}.box.switch{fill:${raised}}.box.service{stroke-dasharray:4 4}`,
    '.frame{fill-opacity:.06;stroke-opacity:.7}',
    'text{font:13px ui-monospace,Menlo,Consolas,monospace}',
    `.name{font:700 15px system-ui,sans-serif;fill:${ink}}.frame-name{font:600 13px system-ui,sans-serif;fill:${quiet}}.kind,.note{fill:${quiet};font-size:12px}.row{fill:${ink}}`,
    '.wire{fill:none;stroke-width:2}.wire.down{stroke-dasharray:6 6;opacity:.6}.wire.inside{stroke-dasharray:2 5}.wire.tunnel{stroke-dasharray:10 6}',
    `.packet{fill:${accent}}@media(prefers-reduced-motion:reduce){.packet{display:none}}`,
  ].join('');
}
