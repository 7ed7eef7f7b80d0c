import { styleText } from 'node:util';
import type { Drawing, Drawn } from './drawing.ts';

type Hop = Drawn['hops'][number];
type End = NonNullable<Drawn['end']>['kind'];

/** One line of the drawing, and the details below it on request. */
export interface HopRow {
  cells: string[];
  below: string[];
}

/** A packet's hops as rows of cells: number, time, node, link in, arrow, link out, TTL, event. */
export function hopRows({ hops, end }: Drawn, drawing: Drawing): HopRow[] {
  const rows = hops.map((hop, index) => {
    const last = index === hops.length - 1;
    const row = hopRow(hop, index + 1, last ? (end?.kind ?? null) : null, drawing);
    const asked = askedRow(hop, drawing);
    return asked === null ? [row] : [row, asked];
  });
  const left = rows.length - 2 * manyHops;
  if (drawing.details || left <= 1) return rows.flat();
  const between = {
    cells: ['', '', '', '', '', '', '', styleText('dim', drawing.words.hopsLeft(left))],
    below: [],
  };
  return [...rows.slice(0, manyHops).flat(), between, ...rows.slice(-manyHops).flat()];
}

/** A loop has up to 64 hops; so many of its beginning and of its end are enough. */
const manyHops = 6;

function hopRow(hop: Hop, number: number, end: End | null, drawing: Drawing): HopRow {
  const { words } = drawing;
  const from = hop.in ?? styleText('dim', hop.tunnel === null ? words.here : words.packed);
  const ended = end === 'delivered' ? styleText('green', words.taken) : styleText('red', words.last);
  const to =
    hop.out ?? (end === null ? styleText('dim', hop.tunnel === null ? words.unseen : words.unpacked) : ended);
  const stopped = end === 'stopped' && hop.out !== null ? ` ${styleText('red', words.last)}` : '';
  const arrow = hop.layer === 'bridge' ? '⇄' : end === 'stopped' ? styleText('red', '✗') : '→';
  const time = hop.at === null ? '' : styleText('dim', (Number(hop.at) / 1e6).toFixed(3));
  const cells = [`  ${number}`, time, styleText('bold', hop.node), from, arrow, to + stopped, ttlOf(hop)];
  return { cells: [...cells, whatOf(hop, drawing)], below: drawing.details ? detailsOf(hop, drawing) : [] };
}

function ttlOf({ before, after, changes }: Hop): string {
  const changed = changes.find(({ field }) => field === 'ttl');
  if (changed) return `${changed.before}→${styleText('yellow', changed.after)}`;
  return String((after ?? before)?.ttl ?? '');
}

/** The main fact of the hop: its change, the rule that ended it, or its route. */
function whatOf(hop: Hop, { words, language }: Drawing): string {
  const ending = hop.rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const parts = [
    ...(hop.tunnel === null ? [] : [styleText('blue', tunnelText(hop, words))]),
    ...(hop.nat === null ? [] : [styleText('yellow', hop.nat[language])]),
    ...(ending === undefined ? [] : [styleText('red', ruleText(ending, words))]),
    ...(hop.gap ? [styleText('magenta', words.gap)] : []),
  ];
  if (parts.length > 0) return parts.join('  ');
  if (hop.layer === 'bridge') return styleText('dim', words.switched);
  return hop.route === null ? '' : styleText('dim', routeText(hop.route));
}

/** The route, and the rule of `ip rule` that led to its table, unless it is one of the kernel's own. */
function routeText({ text, rule }: NonNullable<Hop['route']>): string {
  return rule === null ? text : `${text} (ip rule ${rule})`;
}

/** The outer packet, as the underlay has it. */
function tunnelText({ tunnel, before, after }: Hop, words: Drawing['words']): string {
  const { source = '?', destination = '?' } = after ?? before ?? {};
  return tunnel === null
    ? ''
    : words.tunnel(`${tunnel.kind.toUpperCase()} ${tunnel.id}`, source, destination, tunnel.carries);
}

type Step = Hop['rules'][number];

function ruleText({ table, chain, line, rule }: Step, words: Drawing['words']): string {
  return words.rule(`${table} ${chain}${line === null ? '' : ` ${line}`}`, rule ?? words.unreadRule);
}

/** Question and answer about the next address, as a line of their own. */
function askedRow({ resolution, node }: Hop, { words }: Drawing): HopRow | null {
  if (resolution === null) return null;
  const { address, link, questions, answer, by } = resolution;
  const outcome =
    answer === null
      ? styleText('red', words.silent(questions))
      : words.answered(by === null ? '?' : `${by.node}:${by.link}`, answer);
  const what = `${styleText('cyan', words.ask(address))} ${outcome}`;
  return { cells: ['', '', styleText('dim', node), '', styleText('cyan', '?'), link, '', what], below: [] };
}

/** The VLAN of its frames, the same word in every language. */
function vlansOf({ before, after, changes }: Hop): string[] {
  const change = changes.find(({ field }) => field === 'vlan');
  const vlan = before?.vlan ?? after?.vlan ?? null;
  if (change !== undefined) return [`VLAN ${change.before} -> ${change.after}`];
  return vlan === null ? [] : [`VLAN ${vlan}`];
}

function detailsOf(hop: Hop, { words }: Drawing): string[] {
  const mac = (field: 'sourceMac' | 'destinationMac') => hop.changes.find((change) => change.field === field);
  const macs = [mac('sourceMac'), mac('destinationMac')].filter((change) => change !== undefined);
  return [
    ...(hop.bridges.length === 0 ? [] : [hop.bridges.join(', ')]),
    ...(hop.hooks.length === 0 ? [] : [hop.hooks.join(' → ')]),
    ...hop.rules.map((step) => ruleText(step, words)),
    ...(hop.route === null ? [] : [words.route(routeText(hop.route))]),
    ...macs.map(({ before, after }) => words.mac(before, after)),
    ...vlansOf(hop),
    ...(hop.conntrack === null ? [] : [words.conntrack(hop.conntrack.original, hop.conntrack.reply)]),
    ...(hop.copies.length === 0 ? [] : [words.copies(hop.copies.join(', '))]),
  ];
}
