import type { Ending } from '../../src/core/diagnose/trace/end-finding.ts';
import type { Fields, RuleStep, TracedHop, TracedPacket } from '../../src/core/path/recording/hop.ts';
import type { Recording } from '../../src/core/path/recording/recording.ts';

const fields: Fields = {
  ...{ source: '10.0.1.2', destination: '10.0.2.2', sourcePort: null, destinationPort: null, ttl: 64 },
  ...{ sourceMac: null, destinationMac: null, vlan: null },
};

/** One node of a packet's way, as a trace has it; addresses `SOURCE > DESTINATION`. */
export function hop(
  node: string,
  link: string | null,
  out: string | null,
  given: Partial<TracedHop> = {},
): TracedHop {
  return {
    ...{ node, in: link, out, seen: [], bridges: [], layer: 'ip', hooks: [], changes: [], rules: [] },
    ...{ before: link === null ? null : fields, after: fields, route: null, mark: null, resolution: null },
    ...{ conntrack: null, copies: [], gap: false, tunnel: null, at: null, sources: [], nat: null },
    ...given,
  };
}

/** What the rules saw of it: `between('10.0.2.2', '10.0.1.2')`. */
export const between = (source: string, destination: string, more: Partial<Fields> = {}): Fields => ({
  ...{ ...fields, source, destination },
  ...more,
});

export function packet(
  direction: TracedPacket['direction'],
  hops: TracedHop[],
  given: Partial<TracedPacket['header']> = {},
): TracedPacket {
  const last = hops.at(-1);
  const stopped = last?.rules.some(({ verdict }) => verdict === 'drop') === true;
  return {
    ...{ number: 1, direction, name: { en: '', ko: '' }, hops },
    header: { protocol: 'icmp', length: 84, id: 1, fragment: null, tcp: null, icmp: null, ...given },
    end: { kind: stopped ? 'stopped' : 'delivered', node: last?.node ?? '', link: last?.in ?? null },
  };
}

export const dropStep = (rule: string, given: Partial<RuleStep> = {}): RuleStep => ({
  ...{ hook: 'forward', family: 'ip', table: 'filter', chain: 'FORWARD', handle: 1, rule, line: 1 },
  ...{ verdict: 'drop', source: 'nft trace' },
  ...given,
});

export const endingOf = (recording: Recording, packets: TracedPacket[]): Ending => ({
  ...{ recording, packets },
  tables: () => null,
});
