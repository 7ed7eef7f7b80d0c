import type { Fields, TracedPacket, TracedPath } from '../path/recording/hop.ts';
import type { Evidence } from '../verdict/verdict.ts';
import type { NatChain, TracedProbe } from './trace-args.ts';

/** One change of addresses or ports on a packet's way. */
interface Translation {
  node: string;
  chain: NatChain;
  before: string;
  after: string;
}

/** The first packet of the request: the one whose connection is new, so that rules decide about it. */
export function requestOf({ packets }: TracedPath): TracedPacket | null {
  return packets.find(({ direction }) => direction === 'request') ?? null;
}

/** Its nodes in order; a node once for each time it came to it from elsewhere. */
export function nodesOf(packet: TracedPacket | null | undefined): string[] {
  const nodes = (packet?.hops ?? []).map(({ node }) => node);
  return nodes.filter((node, index) => node !== nodes[index - 1]);
}

/**
 * The hooks at which a packet was translated. The kernel changes a source last and a destination first
 * (nf_nat hooks).
 */
export function translationsOf(packet: TracedPacket): Translation[] {
  return packet.hops.flatMap((hop) => {
    const { node, before, after } = hop;
    if (before === null || after === null) return [];
    const changed = (side: 'source' | 'destination') =>
      hop.changes.some(({ field }) => field === side || field === `${side}Port`);
    const what = (side: 'source' | 'destination', chain: NatChain): Translation[] =>
      changed(side) ? [{ node, chain, before: endOf(before, side), after: endOf(after, side) }] : [];
    return [
      ...what('destination', hop.in === null ? 'OUTPUT' : 'PREROUTING'),
      ...what('source', hop.out === null ? 'INPUT' : 'POSTROUTING'),
    ];
  });
}

/** `192.168.15.2:80`; an echo has no ports. */
export function endOf(fields: Fields, side: 'source' | 'destination'): string {
  const [address, port] =
    side === 'source' ? [fields.source, fields.sourcePort] : [fields.destination, fields.destinationPort];
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * The packets' ways as the command under which they stand numbers and draws them, without its words: evidence is the
 * same in every language.
 */
export function pathEvidence(probe: TracedProbe, path: TracedPath): Evidence {
  const output = path.packets
    .filter((packet, index) => index === 0 || packet.direction !== 'request')
    .slice(0, 2)
    .flatMap((packet) => [titleOf(packet), ...packet.hops.map(hopLine)]);
  return { on: probe.from, command: traceCommand(probe), output: output.join('\n') };
}

/** Typed on the VM, where hoplab is. */
export function traceCommand({ from, to, http, ...asked }: TracedProbe): string {
  if (http !== undefined) return `hoplab trace ${from} --http ${http}`;
  const options = (['tcp', 'udp', 'size'] as const).map((key) =>
    asked[key] === undefined ? '' : ` --${key} ${asked[key]}`,
  );
  return `hoplab trace ${from} ${to}${options.join('')}`;
}

function titleOf({ number, hops: [first] }: TracedPacket): string {
  return `${number}  ${endsOf(first?.before ?? first?.after ?? null)}`;
}

function hopLine(hop: TracedPacket['hops'][number], index: number): string {
  const way = [hop.in, hop.layer === 'bridge' ? '⇄' : '→', hop.out].filter((part) => part !== null).join(' ');
  const [before, after] = [endsOf(hop.before ?? hop.after), endsOf(hop.after ?? hop.before)];
  const line = `  ${index + 1}  ${hop.node}  ${way}`;
  return before === after ? line : `${line}  (${before} ⇒ ${after})`;
}

const endsOf = (fields: Fields | null) =>
  fields === null ? '' : `${endOf(fields, 'source')} → ${endOf(fields, 'destination')}`;
