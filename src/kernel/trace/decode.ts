import { readAddress } from '../../core/path/recording/bytes.ts';
import type { ConntrackEntry, RuleEvent, RuleHandle, Tuple } from '../../core/path/recording/recording.ts';
import { type Attributes, attributesOf, listOf, numberOf, textOf } from './netlink.ts';

/** Messages of nftables and conntrack, as linux/netfilter/nf_tables.h and nfnetlink_conntrack.h define them. */

const families: Record<number, RuleHandle['family']> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
};

/** NFT_MSG_NEWRULE of a dump. */
export function ruleHandle(node: string, body: Uint8Array): RuleHandle | null {
  const family = families[body[0] ?? 0];
  const rule = attributesOf(body.subarray(4));
  if (family === undefined) return null;
  return {
    node,
    family,
    table: textOf(rule.get(1)),
    chain: textOf(rule.get(2)),
    handle: numberOf(rule.get(3)) ?? 0,
    packets: packetsOf(rule.get(4)),
  };
}

/** NFTA_RULE_EXPRESSIONS: a list of expressions, each a name and data; of a counter bytes, then packets. */
function packetsOf(expressions: Uint8Array | undefined): number | null {
  for (const bytes of listOf(expressions)) {
    const expression = attributesOf(bytes);
    if (textOf(expression.get(1)) === 'counter') return numberOf(attributesOf(expression.get(2)).get(2));
  }
  return null;
}

const verdicts = new Map<number, RuleEvent['verdict']>([
  [0, 'drop'],
  [1, 'accept'],
  [2, 'stolen'],
  [3, 'queue'],
  [4, 'repeat'],
  // NFT_CONTINUE, NFT_BREAK, NFT_JUMP, NFT_GOTO, NFT_RETURN are -1 to -5.
  [0xffffffff, 'continue'],
  [0xfffffffe, 'continue'],
  [0xfffffffd, 'jump'],
  [0xfffffffc, 'goto'],
  [0xfffffffb, 'return'],
]);

/** The upper half of NF_QUEUE is the number of the queue (linux/netfilter.h NF_QUEUE_NR). */
const verdictOf = (code: number): RuleEvent['verdict'] =>
  verdicts.get(code) ?? ((code & 0xff) === 3 ? 'queue' : 'continue');

const types: Record<number, RuleEvent['type']> = { 1: 'policy', 2: 'return', 3: 'rule' };

/** NFT_MSG_TRACE. Headers come with the first message of every base chain only. */
export function ruleEvent(node: string, body: Uint8Array): RuleEvent | null {
  const family = families[body[0] ?? 0];
  const event = attributesOf(body.subarray(4));
  const type = types[numberOf(event.get(4)) ?? 0];
  if (family === undefined || type === undefined) return null;
  const verdict = attributesOf(event.get(5));
  const code = type === 'policy' ? numberOf(event.get(16)) : numberOf(verdict.get(1));
  return {
    node,
    id: numberOf(event.get(6)) ?? 0,
    family,
    table: textOf(event.get(1)),
    chain: textOf(event.get(2)),
    type,
    handle: numberOf(event.get(3)),
    verdict: verdictOf(code ?? 1),
    jump: textOf(verdict.get(2)) || null,
    mark: numberOf(event.get(14)) ?? 0,
    network: event.get(8) ?? null,
    transport: event.get(9) ?? null,
    // linux/netfilter.h NFPROTO_*; in family inet it says which IP it was.
    protocol: numberOf(event.get(15)) === 10 ? 'ipv6' : 'ipv4',
  };
}

/** IPCTNL_MSG_CT_NEW of a dump. */
export function decodeConntrack(node: string, body: Uint8Array): ConntrackEntry | null {
  const entry = attributesOf(body.subarray(4));
  const [original, reply] = [tupleOf(attributesOf(entry.get(1))), tupleOf(attributesOf(entry.get(2)))];
  if (original === null || reply === null) return null;
  const status = numberOf(entry.get(3)) ?? 0;
  return { node, original, reply, assured: (status & 4) !== 0, answered: (status & 2) !== 0 };
}

function tupleOf(tuple: Attributes): Tuple | null {
  const [ip, transport] = [attributesOf(tuple.get(1)), attributesOf(tuple.get(2))];
  const protocol = numberOf(transport.get(1));
  const [source, destination] = [ip.get(1) ?? ip.get(3), ip.get(2) ?? ip.get(4)];
  if (source === undefined || destination === undefined || protocol === null) return null;
  if (![source, destination].every(({ length }) => length === 4 || length === 16)) return null;
  const identifier = numberOf(transport.get(4) ?? transport.get(7));
  return {
    source: readAddress(source),
    destination: readAddress(destination),
    protocol,
    sourcePort: numberOf(transport.get(2)) ?? identifier,
    destinationPort: numberOf(transport.get(3)) ?? identifier,
  };
}
