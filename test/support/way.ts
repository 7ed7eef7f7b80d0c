import type { TracedHop, TracedPacket, TracedPath } from '../../src/core/path/recording/hop.ts';

/**
 * A traced path as tests write it by hand: `blue host[source 192.168.1.2] (router) lan | lan (router) host
 * blue: delivered`. In brackets a translation, in parentheses a node that only switched it; first the
 * request, then the reply; after the colon the end. The requests of a proxy to others follow a semicolon,
 * after its name.
 */
export function wayOf({ upstream, ...probe }: TracedPath): string {
  const others = upstream.map((each) => `; ${each.program}: ${connectionOf(each)}`);
  return connectionOf(probe) + others.join('');
}

function connectionOf({ packets, end }: Pick<TracedPath, 'packets' | 'end'>): string {
  const request = packets.find(({ direction }) => direction === 'request');
  const answer =
    packets.find(({ direction }) => direction === 'reply') ??
    packets.find(({ direction }) => direction === 'error');
  const ways = [request, answer].filter((packet) => packet !== undefined).map(hopsOf);
  const why = end.reason === null ? '' : ` ${end.reason} ${end.node}`;
  return `${ways.join(' | ')}: ${end.kind}${why}`;
}

const hopsOf = ({ hops }: TracedPacket): string => hops.map(hopText).join(' ');

function hopText(hop: TracedHop): string {
  const nat = hop.changes
    .filter(({ field }) => ['source', 'destination', 'sourcePort', 'destinationPort'].includes(field))
    .map(({ field, after }) => `${field} ${after}`)
    .join(', ');
  const node = hop.layer === 'bridge' ? `(${hop.node})` : hop.node;
  return nat === '' ? node : `${node}[${nat}]`;
}
