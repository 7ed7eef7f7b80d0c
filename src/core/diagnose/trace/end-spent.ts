import { tosOf } from '../../path/model/next-hop.ts';
import { routedIn } from '../../path/model/route-decision.ts';
import { isLocal, lookup } from '../../path/model/routing.ts';
import { walk } from '../../path/model/walk.ts';
import { below } from '../../path/model/widening.ts';
import type { RuleStep, Source, TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { echoHeaders } from '../../probe/echo.ts';
import type { Observation } from '../../state/observation.ts';
import { promptOf } from '../../verdict/evidence.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, findingReason, wordFor } from './end-finding.ts';
import { circleOf, inNode, linkAt, type Place, tableOf, tosIn } from './place.ts';

const ttlKey = 'net.ipv4.ip_default_ttl';

/** IPDEFTTL: no path is that long. */
const usualTtl = 64;

/** The router's own error is the proof: the packet was too big for the next link, or had no hops left. */
export function spentEnd(
  { recording, tables }: Ending,
  request: TracedPacket,
  refusal: TracedPacket | null,
): EndFacts | null {
  const [icmp, first] = [refusal?.header.icmp, refusal?.hops[0]];
  if (icmp == null || first === undefined) return null;
  const v6 = first.after?.source.includes(':') === true;
  const big = v6 ? icmp.type === 2 : icmp.type === 3 && icmp.code === 4;
  const old = icmp.type === (v6 ? 3 : 11) && icmp.code === 0;
  const node = request.end.node;
  if ((!big && !old) || first.node !== node) return null;
  const at = { node, link: request.end.link };
  const finding = old ? tables() : null;
  const word = wordFor(recording, request);
  const facts: Source[] = ['capture'];
  const unheard = refusal === null ? null : dropOf(refusal);
  const dst = request.hops.at(-1)?.before?.destination ?? recording.request.to;
  const circle = old ? circleOf(request.hops) : [];
  const nodes = circle.join(', ');
  const seenLoop: Pick<EndFacts, 'reason' | 'object' | 'values'> | null =
    nodes === '' ? null : { reason: 'routing-loop', object: dst, values: { dst, nodes } };
  const known = finding?.reason === 'routing-loop' ? findingReason(finding) : seenLoop;
  const looped = known === null ? null : { ...known, values: { ...known.values, ...wayOn(request) } };
  const direction = request.direction === 'reply' ? ('reply' as const) : ('request' as const);
  const kind = direction === 'reply' ? ('answer-lost' as const) : ('dropped' as const);
  const link = linkTowards(recording, node, dst, icmp.mtu);
  const values: Values = big
    ? {
        mtu: String(icmp.mtu),
        ...tooBig(recording, request, link),
        ...narrowRoute(recording, node, dst, icmp.mtu),
        ...below(recording.observation, { node, link }, request.header.length),
        dst,
      }
    : { dst };
  const reason = unheard === null ? ('mtu' as const) : ('mtu-unheard' as const);
  return {
    ...(looped ?? {
      reason: big ? reason : 'ttl',
      object: big ? link : null,
      values: { ...values, ...unheard, ...(old ? setterOf(recording.observation, request) : {}) },
    }),
    kind,
    direction,
    ...at,
    by: null,
    kernel: word?.reason ?? null,
    sources: [
      ...(looped === null ? facts : [...facts, 'state' as const]),
      ...(word === null ? [] : ['tracefs' as const]),
    ],
  };
}

/** The rule that gave the packet the time to live that was used up, or the route or setting of its sender. */
function setterOf(observation: Observation, { hops }: TracedPacket): Values {
  const setting = / -j (TTL|HL) --\w+-(set|dec)|\b(ttl|hoplimit) set\b/;
  for (const { node, rules } of hops.toReversed()) {
    const step = rules.findLast(({ rule }) => setting.test(rule ?? ''));
    if (step !== undefined) return { setter: node, ...stepValues(step) };
  }
  const [first] = hops;
  const initial = String((first?.after ?? first?.before)?.ttl ?? '');
  if (first === undefined || !(Number(initial) < usualTtl)) return {};
  const text = first.route?.text ?? '';
  if (new RegExp(` hoplimit ${initial}\\b`).test(text))
    return { sender: first.node, initial, limited: text, unlimited: text.replace(/ hoplimit \d+/, '') };
  const six = first.after?.source.includes(':') === true;
  const key = six ? `net.ipv6.conf.${(first.out ?? '').replaceAll('.', '/')}.hop_limit` : ttlKey;
  const set = observation.nodes[first.node]?.sysctls[key];
  return set === initial ? { sender: first.node, initial, ttlKey: key, usual: String(usualTtl) } : {};
}

function stepValues({ rule, family, table, chain: chainName, line, handle }: RuleStep): Values {
  const place = { rule: rule ?? '', family, table, chainName, line: String(line ?? '') };
  return { ...place, handle: line === null ? String(handle ?? '') : '' };
}

/** The route by which the node sent it on in the round before. */
function wayOn({ end, hops }: TracedPacket): Values {
  const route = hops.findLast((hop) => hop.node === end.node && hop.route !== null)?.route;
  const [destination = ''] = route?.text.split(' ') ?? [];
  return { destination, routeTable: tableOf(route?.text ?? ''), ...tosOf(tosIn(route?.text ?? '')) };
}

/** The rule that drops the router's message, so that the sender never hears it. */
function dropOf({ end, hops }: TracedPacket): Values | null {
  const step = hops.at(-1)?.rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  if (end.kind !== 'stopped' || step === undefined) return null;
  const policy = step.rule?.startsWith('-P ') === true;
  return { deaf: end.node, ...stepValues(step), policyChain: policy ? step.chain : '' };
}

/**
 * A large segment is cut before the wire (TSO): the packet that was too long has the size that the sender's
 * link lets through.
 */
function tooBig({ observation }: Recording, { header, hops }: TracedPacket, link: string): Values {
  const last = hops.at(-1);
  const came = observation.nodes[last?.node ?? '']?.links.find(({ name }) => name === last?.in);
  const cut = came !== undefined && header.length > came.mtu;
  return { length: String(cut ? came.mtu : header.length), link };
}

/** The link of a router whose MTU its ICMP error gave. */
function linkTowards({ observation }: Recording, node: string, to: string, mtu: number): string {
  const state = observation.nodes[node];
  if (state === undefined) return '';
  const links = state.links.filter((link) => link.mtu === mtu);
  const dev = lookup(state, to)?.dev ?? null;
  return links.find(({ name }) => name === dev)?.name ?? links[0]?.name ?? dev ?? '';
}

/** The route has the MTU written, not its link. */
function narrowRoute({ observation }: Recording, node: string, to: string, mtu: number): Values {
  const state = observation.nodes[node];
  const route = state === undefined ? null : lookup(state, to);
  if (route === null || route.mtu !== mtu) return {};
  return { narrowRoute: route.text, widened: route.text.replace(/ mtu (lock )?\d+/, '') };
}

/** ping's own complaint: its kernel knows that the link, or the path, takes no such packet. */
export function tooLongToSend({ observation, outcome, request }: Recording): EndFacts | null {
  const { from, to, probe } = request;
  const known = /message too long,? mtu[=:] ?(\d+)/i.exec(outcome.evidence.output)?.[1];
  const state = observation.nodes[from];
  if (known === undefined || state === undefined || probe.kind !== 'icmp') return null;
  const dev = lookup(state, to)?.dev ?? null;
  const link = state.links.find(({ name }) => name === dev);
  const own = link !== undefined && link.mtu === Number(known) ? { link: link.name, mtu: known } : null;
  const bytes = probe.mtu ?? (probe.size ?? 56) + echoHeaders(to);
  const { ip } = promptOf(observation, from);
  const narrow = narrowest(observation, { from, to }, bytes);
  const stale = lookup(state, to)?.mtu === undefined && narrow === 'none';
  const at: Values = typeof narrow === 'string' ? {} : narrow;
  const remembered: Values = { pathMtu: known, ip, ...(stale ? { stale: known } : at) };
  return {
    reason: 'mtu-here',
    object: own?.link ?? null,
    values: {
      ...{ length: String(bytes), dst: to, ...(own ?? remembered) },
      ...(own === null ? {} : below(observation, { node: from, link: own.link }, bytes)),
    },
    kind: 'dropped',
    direction: 'request',
    ...{ node: from, link: null },
    by: null,
    kernel: null,
    sources: ['probe', 'state'],
  };
}

/**
 * The first interface on the way of an echo request that takes no packet of this length; `none` where all of them and
 * every route do, `unknown` where a route has it written, or the way is not known.
 */
function narrowest(
  observation: Observation,
  ends: { from: string; to: string },
  bytes: number,
): 'none' | 'unknown' | Values {
  const { hops, end } = walk(observation, { ...ends, protocol: 'icmp', port: null }).request;
  if (end.kind !== 'delivered') return 'unknown';
  for (const { node, in: came, out, after } of hops) {
    const state = observation.nodes[node];
    const links = (state?.links ?? []).filter(({ name }) => name === came || name === out);
    const written = state === undefined || out === null ? undefined : lookup(state, after.destination)?.mtu;
    if ((written ?? bytes) < bytes) return 'unknown';
    const narrow = links.find(({ mtu }) => mtu < bytes);
    if (narrow !== undefined)
      return {
        ...{ narrowNode: node, narrowLink: narrow.name, narrowMtu: String(narrow.mtu) },
        ...below(observation, { node, link: narrow.name }, bytes),
      };
  }
  return 'none';
}

/**
 * A packet of a tunnel that may not be cut: the router's message goes to the tunnel's end, not to the sender
 * of the inner packet.
 */
export function tooBigToForward(
  place: Place,
): (Pick<EndFacts, 'reason' | 'object' | 'values'> & { node: string }) | null {
  const { hop, headers, length } = place;
  if (hop.tunnel === null || hop.in === null || hop.out !== null || hop.hooks.includes('input')) return null;
  const decision = routedIn(inNode(place), null, '');
  const dev = 'route' in decision ? (decision.route?.dev ?? null) : null;
  const link = linkAt(place, dev);
  if (link === null || length <= link.mtu) return null;
  const values = { mtu: String(link.mtu), length: String(length), link: link.name, dst: headers.destination };
  return { reason: 'mtu', object: link.name, values, node: hop.node };
}

/** ip_forward, ip6_forward: no time to live is left for the next node. An error about a reply goes to its own sender. */
export function spentHere({
  hop,
  state,
  fields,
  headers,
  packet,
  observation,
}: Place): (Pick<EndFacts, 'reason' | 'object' | 'values'> & { node: string }) | null {
  const here = hop.layer === 'ip' && hop.in !== null && hop.out === null && hop.tunnel === null;
  const further = ['input', 'forward', 'postrouting'].some((hook) => hop.hooks.includes(hook));
  if (!here || further || fields.ttl > 1 || isLocal(state, headers.destination)) return null;
  return {
    reason: 'ttl',
    object: null,
    values: { dst: headers.destination, ...setterOf(observation, packet) },
    node: hop.node,
  };
}
