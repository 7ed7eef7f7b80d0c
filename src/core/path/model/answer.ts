import { holds, sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import { type Hook, type Passage, passHook } from './netfilter.ts';
import { keyTo } from './policy.ts';
import { refusal } from './refusal.ts';
import { isLocal, routing } from './routing.ts';
import { rulesetOf } from './ruleset.ts';
import { linkOf, type Port } from './segment.ts';
import { setting, settingOf } from './settings.ts';
import type { Sighting } from './sighting.ts';

/** A node asks on a wire which link has an address. */
export interface Question {
  observation: Observation;
  /** The link that asks. */
  start: Port;
  address: string;
  /** The source of the packet that waits; empty: unknown. */
  source: string;
}

/** The link that hears it, and those that it passed until there. */
type Heard = Port & { way?: readonly Port[] };

/** Why a node that has the address and hears the question does not answer it; null where it does. */
export function silence(question: Question, port: Heard): Finding | null {
  const state = question.observation.nodes[port.node];
  if (state === undefined) return null;
  if (linkOf(question.observation, port)?.details.arp === 'off') return deaf(question, port);
  const stranger = noSource(question, port);
  if (stranger !== null) return stranger;
  if (question.address.includes(':')) return discoveryDropped(question, port, state);
  return (
    refusesOwn(question, port, state) ??
    ignored(question, port, state) ??
    otherLink(question, port, state) ??
    filtered(question, port, state)
  );
}

/** arp_process looks the address up like a packet's: a rule asked before the table `local` may refuse it. */
function refusesOwn(question: Question, port: Port, state: NodeState): Finding | null {
  const { address } = question;
  const routed = routing(state, { ...keyTo(address), from: askedFrom(question), iif: port.link });
  return refusal(port.node, address, routed);
}

/** A link without address resolution (IFF_NOARP, ip link set arp off) drops questions in both families. */
function deaf({ address }: Question, { node, link }: Port): Finding {
  const values = { address, link, noArp: link };
  return { reason: 'question-ignored', node, object: link, values };
}

/** A macvlan of mode source takes frames only of the MAC addresses in its list (macvlan_forward_source). */
function noSource({ address, observation, start }: Question, port: Port): Finding | null {
  const { node, link } = port;
  const own = linkOf(observation, port);
  const mac = linkOf(observation, start)?.mac ?? '';
  if (own === null) return null;
  const { kind, details } = own;
  if (details.mode !== 'source' || details.macaddr?.split(',').includes(mac) === true) return null;
  const values = { address, link, sourceOnly: link, kind, askerMac: mac, listed: details.macaddr ?? '' };
  return { reason: 'question-ignored', node, object: link, values };
}

/**
 * arp_ignore (ip-sysctl.rst): 1 answers for addresses of this link only, 2 asks besides that the sender is in its
 * network, 3 leaves out addresses of scope host, 8 never answers.
 */
function ignored(
  { address, start, observation, source }: Question,
  port: Port,
  state: NodeState,
): Finding | null {
  const mode = setting(state, 'arp_ignore', port.link);
  const link = linkOf(observation, port);
  if (mode === 0 || link === null) return null;
  const own = link.addresses.find((one) => sameAddress(one.address, address));
  const asker = askedFrom({ start, observation, source, address });
  const near = own !== undefined && holds(`${own.address}/${own.prefix}`, asker);
  const answers =
    mode === 1 ? own !== undefined : mode === 2 ? near : mode === 3 ? own?.scope !== 'host' : mode !== 8;
  if (answers) return null;
  const [has] = state.links.filter(({ addresses }) =>
    addresses.some((one) => sameAddress(one.address, address)),
  );
  const all = settingOf('arp_ignore', 'all');
  const key = state.sysctls[all] === String(mode) ? all : settingOf('arp_ignore', port.link);
  const values = {
    key,
    observed: String(mode),
    expected: '0',
    address,
    link: port.link,
    has: has?.name ?? '',
  };
  return { reason: 'question-ignored', node: port.node, object: key, values };
}

/** arp_filter: a node answers on the link only by which its own route leads back to the asker (arp_filter in arp.c). */
function otherLink(question: Question, port: Port, state: NodeState): Finding | null {
  const sender = askedFrom(question);
  if (sender === '' || setting(state, 'arp_filter', port.link) === 0) return null;
  const back = routing(state, { ...keyTo(sender), from: question.address });
  const leaves = back.kind === 'route' ? back.route.dev : null;
  if (leaves === null || leaves === port.link) return null;
  const all = settingOf('arp_filter', 'all');
  const key = state.sysctls[all] === '1' ? all : settingOf('arp_filter', port.link);
  const { address } = question;
  const values = { key, observed: '1', expected: '0', address, link: port.link, leaves, asker: sender };
  return { reason: 'question-ignored', node: port.node, object: key, values };
}

/** A question is a packet as well: rp_filter decides about its sender (arp_process, ip_route_input). */
function filtered(question: Question, port: Port, state: NodeState): Finding | null {
  const sender = askedFrom(question);
  const mode = setting(state, 'rp_filter', port.link);
  if (sender === '' || mode === 0) return null;
  const back = routing(state, { ...keyTo(sender), from: question.address });
  const route = back.kind === 'route' && back.route.type === 'unicast' ? back.route : null;
  if (route !== null && (mode === 2 || route.dev === port.link)) return null;
  const deciding = state.sysctls[settingOf('rp_filter', port.link)] === String(mode) ? port.link : 'all';
  const values = {
    ...{
      link: port.link,
      source: sender,
      dst: sender,
      question: question.address,
    },
    ...{ key: settingOf('rp_filter', deciding), observed: String(mode) },
    // Without a route back, a looser filter lets nothing in either.
    ...(route === null ? {} : { wayDev: route.dev ?? '-', loose: settingOf('rp_filter', port.link) }),
  };
  return { reason: 'rp-filter', node: port.node, object: port.link, values };
}

/** The packet's own source where it is one of the node's, else an address of the link that asks (arp_solicit). */
function askedFrom({ observation, start, source, address }: Question): string {
  const state = observation.nodes[start.node];
  if (state === undefined) return '';
  if (source !== '' && isLocal(state, source)) return source;
  const own = (linkOf(observation, start)?.addresses ?? []).filter(({ family }) => family === 'ipv4');
  const near = own.find((one) => holds(`${one.address}/${one.prefix}`, address));
  return (near ?? own[0])?.address ?? '';
}

/** Neighbour solicitations and advertisements pass the hooks like any packet; conntrack does not follow them. */
function discoveryDropped(question: Question, port: Heard, state: NodeState): Finding | null {
  const { address, observation, start } = question;
  const asker = observation.nodes[start.node];
  const source =
    linkOf(observation, start)?.addresses.find(({ family }) => family === 'ipv6')?.address ?? '::';
  const asked = { source, destination: solicited(address) };
  const answered = { source: address, destination: source };
  const values = { address, asker: start.node };
  const own = { ...values, ownQuestion: start.link };
  const back = { ...values, toAsker: start.node };
  const bridges = bridgesOn(observation, port);
  return (
    (asker === undefined
      ? null
      : refused({ state: asker, node: start.node, out: start.link }, asked, 'solicitation', own)) ??
    firstOf(bridges, (bridge) => refused(bridge, asked, 'solicitation', values)) ??
    refused({ state, node: port.node, in: port.link }, asked, 'solicitation', values) ??
    refused({ state, node: port.node, out: port.link }, answered, 'advertisement', back) ??
    misrouted({ state, node: port.node, out: port.link }, answered, values) ??
    firstOf(bridges, (bridge) => refused(bridge, answered, 'advertisement', back)) ??
    (asker === undefined
      ? null
      : refused({ state: asker, node: start.node, in: start.link }, answered, 'advertisement', {
          ...values,
          answerer: port.node,
        }))
  );
}

function firstOf<T>(items: readonly T[], find: (item: T) => Finding | null): Finding | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** The bridges on the way whose frames pass ip6tables (br_netfilter), with the bridge as both interfaces. */
function bridgesOn({ nodes }: Observation, { way = [] }: Heard): Speaker[] {
  return way.flatMap(({ node, link }, at): Speaker[] => {
    const state = nodes[node];
    const inner = way[at - 1]?.node === node && way[at + 1]?.node === node;
    const shown = state?.sysctls['net.bridge.bridge-nf-call-ip6tables'] === '1';
    const isBridge = state?.links.some(({ name, kind }) => name === link && kind === 'bridge') === true;
    return inner && shown && isBridge ? [{ state, node, in: link, out: link }] : [];
  });
}

const discoveryTypes = { solicitation: 135, advertisement: 136 };

/** A node and the interface that a message of neighbour discovery comes in or leaves by. */
type Speaker = { state: NodeState; node: string; in?: string; out?: string };

interface Addresses {
  source: string;
  destination: string;
}

function sightingOf(
  { state: node, ...links }: Speaker,
  addresses: Addresses,
  message: keyof typeof discoveryTypes,
): Sighting {
  const headers = { ...addresses, protocol: 'icmp' as const, sourcePort: null, destinationPort: null };
  return {
    ...{ node, headers, in: links.in ?? null, out: links.out ?? null },
    ...{ state: 'UNTRACKED', natted: false, mark: 0 },
    ...{ original: headers, translated: headers, answer: false, icmpType: discoveryTypes[message] },
  };
}

/** An answer that a rule has marked is routed again (ip6t_mangle_out), and the routing policy may refuse the mark. */
function misrouted(speaker: Speaker, answered: Addresses, asker: Values): Finding | null {
  const { state, node } = speaker;
  const passage = passHook(
    rulesetOf(state, 'ipv6'),
    'OUTPUT',
    sightingOf(speaker, answered, 'advertisement'),
  );
  if (passage.kind !== 'accept' || !passage.mark) return null;
  const { source: from, destination } = answered;
  const routed = routing(state, { ...keyTo(destination), from, mark: passage.mark });
  if (routed.kind !== 'refused') return null;
  const { text: refusing, priority } = routed.rule;
  const mark = `0x${passage.mark.toString(16)}`;
  const values = {
    ...{ ...asker, dst: destination, refusing, mark },
    ...{ priority: String(priority), list: 'ip -6 rule' },
  };
  return { reason: 'question-dropped', node, object: refusing, values };
}

function refused(
  speaker: Speaker,
  addresses: Addresses,
  message: keyof typeof discoveryTypes,
  more: Values,
): Finding | null {
  const { state: node, node: name } = speaker;
  const hooks: Hook[] =
    speaker.in === undefined
      ? ['OUTPUT', 'POSTROUTING']
      : [
          'PREROUTING',
          ...(speaker.out === undefined ? (['INPUT'] as const) : (['FORWARD', 'POSTROUTING'] as const)),
        ];
  const seen = sightingOf(speaker, addresses, message);
  const rules = rulesetOf(node, 'ipv6');
  const passages = hooks.map((hook) => passHook(rules, hook, seen));
  const limited = passages.find((one) => one.kind === 'undecided' && setsHopLimit(one));
  const passage = passages.find(({ kind }) => kind === 'drop' || kind === 'reject') ?? limited;
  if (passage === undefined) return null;
  const decision = passage.decisions.at(-1);
  const [table = '', chainName = ''] = decision?.place?.split(' ') ?? [];
  const values = {
    ...{
      rule: decision?.text ?? '',
      table,
      chainName,
      family: 'ip6',
      list: `ip6tables -t ${table} -S`,
      message,
    },
    ...{ chain: `${table} ${chainName}`, line: String(decision?.line ?? ''), ...more },
    policyChain: decision?.by === 'policy' ? chainName : '',
    // Questions and answers both pass a bridge, and both come in to a node.
    ...(speaker.in === speaker.out || (decision?.by === 'policy' && chainName === 'INPUT')
      ? { bridgedIn: chainName }
      : {}),
    ...(passage === limited ? { hopLimited: message } : {}),
  };
  return { reason: 'question-dropped', node: name, object: values.rule, values };
}

/** Messages of neighbour discovery with another hop limit than 255 are ignored (RFC 4861, 7.1). */
const setsHopLimit = ({ decisions }: Passage): boolean => / -j HL( |$)/.test(decisions.at(-1)?.text ?? '');

/** ff02::1:ffXX:XXXX of an address (RFC 4291, 2.7.1). */
function solicited(address: string): string {
  const groups = address.split(':');
  const [high = '0', low = '0'] = [groups.at(-2) || '0', groups.at(-1) || '0'];
  return `ff02::1:ff${high.padStart(4, '0').slice(2)}:${low}`;
}
