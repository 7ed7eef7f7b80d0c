import type { Finding } from '../../path/model/finding.ts';
import type { Hook } from '../../path/model/netfilter.ts';
import { keyTo } from '../../path/model/policy.ts';
import { isLocal, lookup, routing } from '../../path/model/routing.ts';
import { ownerOfRule } from '../../path/model/rule-owner.ts';
import { rulesetOf } from '../../path/model/ruleset.ts';
import { linkOf } from '../../path/model/segment.ts';
import { nearlyAccepted } from '../../path/model/transit.ts';
import { userChain } from '../../path/model/user-chain.ts';
import { turnOff } from '../../path/model/way-back.ts';
import { isLater } from '../../path/recording/fragments.ts';
import type { Fields, RuleStep, Source, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import { nearlyAcceptedByNft } from '../../path/recording/nft-near.ts';
import { nftChains } from '../../path/recording/nft-text.ts';
import type { Drop, Recording } from '../../path/recording/recording.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import { wireless } from '../agreement.ts';
import { proxyCause } from './cause-nat.ts';
import { causeAt } from './causes.ts';
import { connectionState } from './connection-state.ts';
import { diverted } from './end-diverted.ts';
import { type EndFacts, type Ending, findingReason, nothing, wordFor } from './end-finding.ts';
import { queuedBy, queueOf } from './end-queued.ts';
import { spentHere, tooBigToForward } from './end-spent.ts';
import { closedPort } from './end-taken.ts';
import { inNode, type Place, placeOf } from './place.ts';
import { wayBackOfRule } from './rule-back.ts';
import { beforeConntrack } from './rule-early.ts';
import { heard, unsaid } from './unsaid.ts';

/**
 * A packet without an end of its own: the reason is a rule that was seen, else the state of the place, else
 * the finding of the tables.
 */
export function stoppedEnd(
  seen: Ending,
  direction: 'request' | 'reply',
  packet: TracedPacket,
  refusal: TracedPacket | null,
): EndFacts {
  const piece = lostPiece(seen.packets, packet) ?? packet;
  const ended = stoppedBy(seen, direction, piece, heard(seen.recording, refusal) ? refusal : null);
  const pieceAt = isLater(piece.header) ? { pieceAt: String(piece.header.fragment?.offset) } : {};
  return { ...ended, values: { ...ended.values, ...pieceAt, ...unsaid(seen, ended, refusal) } };
}

/** The later fragment of a tunnel's packet that got lost where the first one arrived. */
function lostPiece(
  packets: readonly TracedPacket[],
  { hops, direction }: TracedPacket,
): TracedPacket | undefined {
  if (hops.at(-1)?.tunnel?.carries !== 'packet') return undefined;
  const isPiece = (one: TracedPacket) => one.hops[0]?.tunnel?.carries === 'fragment';
  return packets.find((one) => isPiece(one) && one.direction === direction && one.end.kind === 'stopped');
}

/** @param refusal the error that its sender got. */
function stoppedBy(
  seen: Ending,
  direction: 'request' | 'reply',
  packet: TracedPacket,
  refusal: TracedPacket | null,
): EndFacts {
  const { recording } = seen;
  const last = packet.hops.at(-1);
  const word = wordFor(recording, packet);
  const place = placeOf(recording, packet, word);
  const refused = refusal !== null && direction === 'request';
  const at = { direction, node: packet.end.node, link: packet.end.link, kernel: word?.reason ?? null };
  const kind = (own: 'dropped' | 'lost'): EndFacts['kind'] =>
    direction === 'reply' ? 'answer-lost' : refused ? 'refused' : own;
  const traced = last === undefined ? null : ruleFinding(seen, packet, last, place);
  const proxy = place === null ? null : proxyCause(place);
  const ruled = proxy ?? traced;
  const { tracefs }: { tracefs: Source[] } = { tracefs: word === null ? [] : ['tracefs'] };
  if (ruled !== null && (traced !== null || proxy?.reason === 'proxy-unheard')) {
    const own = ruled.reason === 'rejected-by-rule' ? 'refused' : 'dropped';
    // A rule has rejected the packet only if its error was seen.
    const endKind = own === 'refused' && refusal === null && direction === 'request' ? 'dropped' : own;
    return {
      ...{
        ...findingReason(ruled),
        ...at,
        kind: direction === 'reply' ? 'answer-lost' : endKind,
        node: ruled.node,
      },
      ...{ by: null, sources: ['nft trace', ...tracefs] },
    };
  }
  const big = place === null ? null : (diverted(place) ?? tooBigToForward(place) ?? spent(place, word));
  if (big !== null) {
    const { node, ...why } = big;
    return {
      ...nothing,
      ...why,
      ...at,
      node,
      kind: kind('dropped'),
      sources: ['capture', 'state', ...tracefs],
    };
  }
  const taken = packet.end.kind === 'delivered' && refused;
  const finding =
    (place === null ? null : causeAt(place, seen.tables)) ??
    (taken ? closedPort(place, fitting(seen, direction, packet)) : fitting(seen, direction, packet));
  const next = expectedNext(recording, packet);
  if (finding !== null) {
    const why = findingReason(finding);
    // An answer that was made, and left by no device.
    const made = direction === 'reply' && at.link === null && next !== null;
    return {
      ...{ ...why, ...at, kind: kind('dropped'), node: finding.node },
      values: {
        ...why.values,
        seen: at.link === null ? at.node : `${at.node}:${at.link}`,
        ...(made ? { next } : {}),
        ...(why.reason === 'reply-not-routed' ? turnIn(seen, packet) : {}),
      },
      by: refused ? (refusal.hops[0]?.node ?? null) : null,
      sources: ['capture', 'state', ...tracefs],
    };
  }
  const silent = last === undefined ? null : silentNeighbour(last);
  const sources: Source[] = ['capture', ...tracefs];
  if (silent !== null) return { ...nothing, ...silent, ...at, kind: kind('dropped'), sources };
  if (word !== null) {
    const values: Values = { word: word.reason };
    const reason = { reason: 'kernel-drop' as const, object: word.reason, values };
    return { ...nothing, ...reason, ...at, kind: kind('dropped'), sources };
  }
  return { ...nothing, values: next === null ? {} : { next }, ...at, kind: kind('lost'), sources };
}

/** The kernel says no more than that the header is not valid. */
const spent = (place: Place, word: Drop | null) => (word?.reason === 'IP_INHDR' ? spentHere(place) : null);

/** Where the reply left the path of its request, as both were seen. */
function turnIn({ recording, packets }: Ending, reply: TracedPacket): Values {
  const routed = (hops: readonly TracedHop[]) =>
    hops.filter(({ layer, tunnel }) => layer === 'ip' && tunnel === null);
  const request = packets.find(({ direction }) => direction === 'request')?.hops ?? [];
  const to = reply.hops.at(-1)?.before?.destination ?? '';
  return turnOff(recording.observation, routed(request), routed(reply.hops), to);
}

/** The finding of the tables for the whole path, if it is about this packet and this place. */
function fitting({ tables }: Ending, direction: 'request' | 'reply', packet: TracedPacket): Finding | null {
  const lookedUp = tables();
  if (lookedUp === null) return null;
  const way = lookedUp.values.direction === 'reply' ? 'reply' : 'request';
  return way === direction && explains(lookedUp, packet) ? lookedUp : null;
}

/** The address resolution that was seen on the wire and got no reply. */
function silentNeighbour({ resolution }: TracedHop): Pick<EndFacts, 'reason' | 'object' | 'values'> | null {
  if (resolution === null || resolution.answer !== null) return null;
  const { address, link } = resolution;
  return { reason: 'neighbour-silent', object: address, values: { address, link, elsewhere: '' } };
}

/**
 * The next place at which a lost packet should have been seen: the other end of its cable, or a further step
 * in its node.
 */
function expectedNext({ observation }: Recording, { hops }: TracedPacket): string | null {
  const hop = hops.at(-1);
  if (hop === undefined) return null;
  const { node, out } = hop;
  if (out !== null) {
    const peer = linkOf(observation, { node, link: out })?.peer ?? null;
    return peer === null ? null : `${peer.node}:${peer.link}`;
  }
  const state = observation.nodes[node];
  const fields = hop.after ?? hop.before;
  if (state === undefined || fields === null) return null;
  if (isLocal(state, fields.destination)) return node;
  // The routing policy may look at more than the destination.
  const { source: from, destination, sourcePort, destinationPort } = fields;
  const iif = state.links.find(({ name }) => name === hop.in)?.master ?? hop.in;
  const key = { ...keyTo(destination), from, iif, mark: hop.mark ?? 0, sourcePort, destinationPort };
  const routed = routing(state, key);
  const dev = routed.kind === 'route' ? routed.route.dev : null;
  return dev === null ? null : `${node}:${dev}`;
}

/** Reasons that lie on the wire: the packet was seen last in front of it, at another node than the finding names. */
const wires: readonly Reason[] = [...wireless, 'routing-loop'];

function explains(finding: Finding, packet: TracedPacket): boolean {
  const { direction, router } = finding.values;
  const refused = direction !== 'reply' && router === packet.end.node;
  return finding.node === packet.end.node || refused || wires.includes(finding.reason);
}

const hooks: Record<RuleStep['hook'], Hook> = {
  ...{ prerouting: 'PREROUTING', input: 'INPUT', forward: 'FORWARD' },
  ...{ output: 'OUTPUT', postrouting: 'POSTROUTING' },
};

/** A rule of the filter that would have let the packet pass, but for one condition. */
function nearAt(place: Place, { hook }: RuleStep): Values {
  const { headers, hop } = place;
  const out = hook === 'input' ? null : linksOf(place).outLink;
  const packet = inNode(place);
  // What the rule sees was sent under another address, if NAT has changed it in front.
  if (packet.connection !== null && hop.before !== null)
    packet.connection.original = { ...headers, ...addressesIn(hop.before) };
  return nearlyAccepted({ ...packet, out }, hooks[hook]);
}

/** A packet that stopped in a chain has not left: the route says by which link it would have. */
const linksOf = ({ state, headers, upper }: Place) => ({
  inLink: upper,
  outLink: lookup(state, headers.destination)?.dev ?? null,
});

const passing = (place: Place, step: RuleStep, policyChain: string): Values =>
  userChain(
    place.state,
    policyChain,
    { destination: place.headers.destination, ...linksOf(place) },
    nearAt(place, step),
  );

const addressesIn = ({ source, destination, sourcePort, destinationPort }: Fields) => ({
  ...{ source, destination, sourcePort, destinationPort },
});

/** Of a rule that iptables does not show. */
function nftValues({ handle, chain, rule }: RuleStep, policy: boolean): Values {
  const ruleText = policy ? 'policy drop' : (rule ?? '');
  return { handle: String(handle ?? ''), policyNft: policy ? chain : '', nftRule: ruleText, nftChain: chain };
}

/** A rule of nftables in the chain whose policy dropped the packet. */
function nearInNft({ recording, headers, hop }: Place, step: RuleStep): Values {
  const { family, table, chain } = step;
  const own = nftChains(recording.nft[hop.node] ?? '').find(
    (one) => one.family === family && one.table === table && one.chain === chain,
  );
  const original = { ...headers, ...(hop.before === null ? {} : addressesIn(hop.before)) };
  const met = { headers, original, in: hop.in, out: hop.out };
  return own === undefined ? {} : nearlyAcceptedByNft(own, met);
}

/** A program of iptables shows the chain; one of nft may have the same name in another table. */
function isOfIptables(place: Place | null, { family, table, chain }: RuleStep): boolean {
  if (place === null || (family !== 'ip' && family !== 'ip6')) return false;
  return (
    rulesetOf(place.state, family === 'ip' ? 'ipv4' : 'ipv6')
      ?.get(table)
      ?.has(chain) === true
  );
}

/** The rule or policy that threw the packet away, in the words checks use for it. */
function ruleFinding(
  seen: Ending,
  packet: TracedPacket,
  hop: TracedHop,
  place: Place | null,
): Finding | null {
  const step = hop.rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject') ?? queuedBy(hop);
  if (step === null) return null;
  const policy = step.rule?.startsWith('-P ') === true;
  const own = step.line === null && !(policy && isOfIptables(place, step));
  const { source = '', destination = '', destinationPort: port = null } = hop.after ?? hop.before ?? {};
  const rule = step.rule ?? '';
  const { observation } = seen.recording;
  const state = observation.nodes[hop.node];
  const met = { observation, node: hop.node, rule };
  const policyChain = policy && !own ? step.chain : '';
  const values: Values = {
    family: step.family,
    ...(own && step.rule !== null ? nftValues(step, policy) : {}),
    ipWord: source.includes(':') ? 'ip6' : 'ip',
    ...(own && policy && place !== null ? nearInNft(place, step) : {}),
    rule,
    chain: `${step.table} ${step.chain}`,
    table: step.table,
    chainName: step.chain,
    line: String(step.line ?? ''),
    policyChain,
    // As NAT has left it where the rule sees it.
    source,
    destination,
    ...ownerOfRule({ ...met, source, destination, protocol: packet.header.protocol, port }),
    ...(state === undefined ? {} : queueOf(step, state)),
    ...(place === null || own || step.table !== 'filter' ? {} : passing(place, step, policyChain)),
    ...connectionState(seen, packet, step, { policy, ofIptables: !own }),
    ...(place === null ? {} : { ...wayBackOfRule(place, step), ...beforeConntrack(place, step) }),
  };
  const reason = step.verdict === 'reject' ? 'rejected-by-rule' : 'dropped-by-rule';
  return { reason, node: hop.node, object: step.rule, values };
}
