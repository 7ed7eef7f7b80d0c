import { gapText } from '../../src/core/explain/explain.ts';
import type { Gap } from '../../src/core/path/recording/gap.ts';
import type {
  Fields,
  TracedHop,
  TracedPacket,
  TracedPath,
  TraceEnd,
} from '../../src/core/path/recording/hop.ts';
import type { MovedRule } from '../../src/core/path/recording/moved-rule.ts';
import type { ProbeOutcome } from '../../src/core/probe/probe.ts';
import { outcome } from './judged.ts';

/** `node`, or `node 10.0.0.1>10.0.0.2` as it left, or `node 10.0.0.1>10.0.0.2 10.0.0.9>10.0.0.2` before and after. */
export type HopText = string;

/** The outcome of a traced probe that went this way, and whose answer came back by the other one. */
export function traced(
  way: HopText[],
  back: string[],
  end: Partial<TraceEnd> = {},
  moved: MovedRule[] = [],
): { outcomes: ProbeOutcome[] } {
  const last = nodeOf(way.at(-1) ?? '');
  const packets = [packetOf('request', way), ...(back.length === 0 ? [] : [packetOf('reply', back)])];
  const whole: TraceEnd = {
    ...{
      kind: 'delivered',
      direction: 'reply',
      node: last,
      link: null,
      reason: null,
      object: null,
      values: {},
    },
    ...{ by: null, kernel: null, sources: [], text: { en: '', ko: '' }, hints: [], cure: [] },
    ...end,
  };
  const path: TracedPath = {
    from: nodeOf(way[0] ?? ''),
    to: '',
    packets,
    end: whole,
    upstream: [],
    gaps: [],
  };
  const result = whole.kind === 'delivered' ? 'reply' : 'silence';
  return { outcomes: [outcome(result, { traced: { path, moved } }), outcome('reply')] };
}

/** The same outcome, where the program at the end of the way opened a connection of its own. */
export function withUpstream(
  { outcomes }: ReturnType<typeof traced>,
  way: HopText[],
  end: Partial<TraceEnd> = {},
): ReturnType<typeof traced> {
  const [leg] = traced(way, way.map(nodeOf).toReversed(), end).outcomes;
  const found = leg?.traced?.path;
  if (found === undefined) throw new Error('no way');
  const upstream = [{ ...found, to: '192.168.1.9', program: 'nginx', port: 80 }];
  return {
    outcomes: outcomes.map((one) =>
      one.traced === undefined
        ? one
        : { ...one, traced: { ...one.traced, path: { ...one.traced.path, upstream } } },
    ),
  };
}

/** The same outcome, of a trace that did not see everything. */
export function withGap({ outcomes }: ReturnType<typeof traced>, gap: Gap): ReturnType<typeof traced> {
  const gaps = [{ ...gap, text: gapText(gap) }];
  return {
    outcomes: outcomes.map((one) =>
      one.traced === undefined
        ? one
        : { ...one, traced: { ...one.traced, path: { ...one.traced.path, gaps } } },
    ),
  };
}

/** A packet that the host does not forward. */
export const notForwarded: Partial<TraceEnd> = {
  kind: 'dropped',
  direction: 'request',
  node: 'host',
  reason: 'forwarding-off',
  object: 'net.ipv4.ip_forward',
  values: { key: 'net.ipv4.ip_forward', dst: '192.168.1.3' },
};

function packetOf(direction: TracedPacket['direction'], way: HopText[]): TracedPacket {
  const hops = way.map((text, index) => hopOf(text, index === 0, index === way.length - 1));
  const header = { protocol: 'icmp', length: 84, id: 1, fragment: null, tcp: null, icmp: null };
  const end = { kind: 'delivered' as const, node: hops.at(-1)?.node ?? '', link: 'in' };
  const name = { en: `echo ${direction}`, ko: `echo ${direction}` };
  return { number: 1, direction, name, header, hops, end };
}

function hopOf(text: HopText, first: boolean, last: boolean): TracedHop {
  const [node = '', before, after = before] = text.split(' ');
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  const changes = (['source', 'destination'] as const)
    .filter((field) => one !== null && other !== null && one[field] !== other[field])
    .map((field) => ({ field, before: one?.[field] ?? '', after: other?.[field] ?? '' }));
  return {
    ...{
      node,
      in: first ? null : 'in',
      out: last ? null : 'out',
      seen: [],
      bridges: [],
      layer: 'ip',
      hooks: [],
    },
    ...{
      before: one,
      after: other,
      changes,
      rules: [],
      route: null,
      mark: null,
      resolution: null,
      conntrack: null,
    },
    ...{ nat: null, copies: [], gap: false, tunnel: null, at: null, sources: [] },
  };
}

function fieldsOf(text: string | undefined): Fields | null {
  if (text === undefined) return null;
  const [source = '', destination = ''] = text.split('>');
  const none = { sourcePort: null, destinationPort: null, sourceMac: null, destinationMac: null, vlan: null };
  return { source, destination, ttl: 64, ...none };
}

const nodeOf = (text: HopText): string => text.split(' ')[0] ?? '';
