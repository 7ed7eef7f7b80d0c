import type { NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type Connection, directionOf, open, restoreDestination, restoreSource } from './conntrack.ts';
import type { Finding } from './finding.ts';
import { acceptedElsewhere, nearMiss } from './near-miss.ts';
import { type Hook, type Passage, passHook } from './netfilter.ts';
import type { Headers, Hop } from './packet.ts';
import { queueValues } from './queueing.ts';
import { ownerOfRule } from './rule-owner.ts';
import { type Ruleset, rulesetFrom } from './ruleset.ts';
import type { Sighting } from './sighting.ts';
import type { Translation } from './translation.ts';
import { userChain } from './user-chain.ts';

/** One walk's memory: the state it walks through and each node's conntrack entry of it. */
export interface Context {
  observation: Observation;
  direction: 'request' | 'reply';
  /** The mark of the sender's socket; 0: none. */
  mark: number;
  /** Its type of service; 0 unless given. */
  tos?: number;
  /** How many tunnels the packet is inside of. */
  within: number;
  connections: Map<string, Connection[]>;
  /** Rules read so far: `node family`. */
  rulesets: Map<string, Ruleset>;
}

/** A packet inside one node. */
export interface Transit {
  context: Context;
  node: string;
  state: NodeState;
  in: string | null;
  out: string | null;
  headers: Headers;
  mark: number | null;
  connection: Connection | null;
  /** Direction within `connection`; `first` is the packet that opens it and passes the nat table. */
  role: 'first' | 'original' | 'reply' | 'stray' | 'untracked';
  hop: Hop;
}

/** Why a packet went no further inside a node. */
export type Stop = { kind: 'finding'; finding: Finding } | { kind: 'undecided'; object: string };

export function transit(
  context: Context,
  node: string,
  state: NodeState,
  link: string | null,
  headers: Headers,
): Transit {
  const hop: Hop = { node, in: link, out: null, before: headers, after: headers, decisions: [] };
  const base = { context, node, state, in: link, out: null, headers, mark: 0, hop };
  const known = context.connections.get(node) ?? [];
  for (const connection of known) {
    const role = directionOf(connection, headers);
    if (role !== null) return { ...base, connection, role };
  }
  if (context.direction === 'reply') return { ...base, connection: null, role: 'stray' };
  const connection = open(headers);
  context.connections.set(node, [...known, connection]);
  return { ...base, connection, role: 'first' };
}

/** Passes a hook's chains and conntrack's own translation there; null where the packet goes on. */
export function pass(packet: Transit, hook: Hook): Stop | null {
  const legacy = stoppedByLegacy(packet, hook);
  if (legacy !== null) return legacy;
  const entering = hook === 'PREROUTING' || hook === 'OUTPUT';
  if (entering) {
    const raw = passHook(rulesFor(packet), hook, sighting(packet), 'raw');
    const stop = stopped(packet, hook, raw);
    if (stop !== null) return stop;
    if (raw.kind === 'accept' && raw.untracked) forget(packet);
    before(packet, hook);
  }
  const passage = passHook(rulesFor(packet), hook, sighting(packet), entering ? 'others' : 'all');
  const stop = stopped(packet, hook, passage);
  if (stop !== null || passage.kind !== 'accept') return stop;
  const problem = passage.translation === null ? null : translate(packet, hook, passage.translation);
  if (hook === 'POSTROUTING' || hook === 'INPUT') after(packet, hook);
  packet.hop.after = packet.headers;
  return problem;
}

/** Rules of iptables-legacy: those that drop decide, and what others make of a packet is not followed. */
function stoppedByLegacy(packet: Transit, hook: Hook): Stop | null {
  const family = packet.headers.destination.includes(':') ? 'ipv6' : 'ipv4';
  const text = packet.state.legacy[family];
  if (text === '') return null;
  const passage = passHook(rulesFor(packet, 'legacy'), hook, sighting(packet), 'all');
  if (passage.kind === 'accept') {
    const plain = passage.translation === null && passage.mark === packet.mark && !passage.untracked;
    return plain ? null : { kind: 'undecided', object: passage.decisions.at(-1)?.text ?? hook };
  }
  const stop = stopped(packet, hook, passage);
  if (stop?.kind !== 'finding') return stop;
  const values = { ...stop.finding.values, legacy: 'iptables-legacy' };
  return { kind: 'finding', finding: { ...stop.finding, values } };
}

function stopped(packet: Transit, hook: Hook, passage: Passage): Stop | null {
  packet.hop.decisions.push(...passage.decisions);
  if (passage.kind === 'undecided')
    return { kind: 'undecided', object: passage.decisions.at(-1)?.text ?? hook };
  if (passage.kind !== 'accept') return { kind: 'finding', finding: refused(packet, hook, passage.kind) };
  packet.mark = passage.mark;
  return null;
}

/** Conntrack does not follow it: no NAT, and no connection that an answer could belong to. */
function forget(packet: Transit): void {
  const { context, node, connection, role } = packet;
  if (role === 'first')
    context.connections.set(
      node,
      (context.connections.get(node) ?? []).filter((one) => one !== connection),
    );
  Object.assign(packet, { connection: null, role: 'untracked' });
}

function rulesFor(packet: Transit, kept: 'rules' | 'legacy' = 'rules'): Ruleset {
  const family = packet.headers.destination.includes(':') ? 'ipv6' : 'ipv4';
  const { rulesets } = packet.context;
  const key = `${packet.node} ${family} ${kept}`;
  const rules = rulesets.get(key) ?? rulesetFrom(packet.state[kept][family], family);
  rulesets.set(key, rules);
  return rules;
}

export function sighting(packet: Transit): Sighting {
  const { headers, mark, connection, context, state: node, role } = packet;
  const states: Record<Transit['role'], Sighting['state']> = {
    untracked: 'UNTRACKED',
    first: 'NEW',
    original: 'NEW',
    reply: 'ESTABLISHED',
    stray: 'INVALID',
  };
  const stray = role === 'stray' && headers.protocol === 'udp';
  return {
    node,
    headers,
    in: packet.in,
    out: packet.out,
    // Conntrack takes any UDP packet for the first of a connection, but no echo reply and no SYN,ACK.
    state: stray ? 'NEW' : states[role],
    natted: role === 'first' || stray,
    original: connection?.original ?? headers,
    translated: connection?.translated ?? headers,
    answer: context.direction === 'reply',
    mark,
  };
}

/** Applies conntrack's translation as the packet enters the node's hooks. */
function before(packet: Transit, hook: 'PREROUTING' | 'OUTPUT'): void {
  const { connection, role } = packet;
  if (connection === null) return;
  if (role === 'reply') set(packet, restoreDestination(connection, packet.headers));
  if (role === 'original' && connection.destinationAt === hook) {
    const { destination, destinationPort } = connection.translated;
    set(packet, { ...packet.headers, destination, destinationPort });
  }
}

/** Applies conntrack's translation as the packet leaves the node's hooks. */
function after(packet: Transit, hook: 'POSTROUTING' | 'INPUT'): void {
  const { connection, role } = packet;
  const counterpart = hook === 'POSTROUTING' ? 'PREROUTING' : 'OUTPUT';
  if (connection === null) return;
  if (role === 'reply' && connection.destinationAt === counterpart)
    set(packet, restoreSource(connection, packet.headers));
  if (role === 'original' && hook === 'POSTROUTING') set(packet, connection.translated);
}

function set(packet: Transit, headers: Headers): void {
  const old = packet.headers;
  packet.headers = headers;
  const changes = (['source', 'destination'] as const)
    .filter((field) => old[field] !== headers[field])
    .map((field) => `${field} ${old[field]} -> ${headers[field]}`);
  if (changes.length > 0) packet.hop.decisions.push({ by: 'conntrack', text: changes.join(', ') });
}

/** Carries out a nat rule on the first packet and remembers it for the rest of the connection. */
function translate(packet: Transit, hook: Hook, order: Translation): Stop | null {
  const headers = { ...packet.headers };
  if (order.destination !== undefined) headers.destination = order.destination;
  if (order.destinationPort !== undefined) headers.destinationPort = order.destinationPort;
  if (order.redirect === true) headers.destination = redirected(packet);
  if (order.source !== undefined) headers.source = order.source;
  if (order.masquerade === true) headers.source = addressOf(packet, packet.out) ?? headers.source;
  packet.headers = headers;
  const { connection } = packet;
  if (connection === null) return null;
  connection.translated = headers;
  if (hook === 'PREROUTING' || hook === 'OUTPUT') connection.destinationAt = hook;
  return null;
}

/** REDIRECT: to the in link's first address, or to the loopback for the node's own packets. */
function redirected(packet: Transit): string {
  if (packet.in === null) return packet.headers.destination.includes(':') ? '::1' : '127.0.0.1';
  return addressOf(packet, packet.in) ?? packet.headers.destination;
}

function addressOf(packet: Transit, name: string | null): string | null {
  const family = packet.headers.destination.includes(':') ? 'ipv6' : 'ipv4';
  const link = packet.state.links.find((one) => one.name === name);
  return link?.addresses.find((one) => one.family === family && one.scope !== 'link')?.address ?? null;
}

/** A rule that would have let the packet pass, but for one condition. */
export function nearlyAccepted(packet: Transit, hook: Hook): Values {
  const seen = sighting(packet);
  const first = packet.context.direction === 'request' && seen.state === 'NEW';
  if (!first) {
    // A reply is let pass for its state; but an interface that there is not lets nothing pass.
    const near = nearMiss(rulesFor(packet), 'filter', hook, seen, ['ACCEPT']);
    return near?.misnamed === undefined ? {} : near;
  }
  return (
    nearMiss(rulesFor(packet), 'filter', hook, seen, ['ACCEPT']) ??
    acceptedElsewhere(rulesFor(packet), hook, seen)
  );
}

function refused(packet: Transit, hook: Hook, kind: 'drop' | 'reject'): Finding {
  const decision = packet.hop.decisions.at(-1);
  const { observation } = packet.context;
  const { source, destination, protocol, destinationPort: port } = packet.headers;
  const rule = decision?.text ?? '';
  const policyChain = decision?.by === 'policy' ? (decision.place?.split(' ')[1] ?? '') : '';
  const values = {
    rule,
    chain: decision?.place ?? hook,
    table: decision?.place?.split(' ')[0] ?? '',
    chainName: decision?.place?.split(' ')[1] ?? hook,
    line: String(decision?.line ?? ''),
    policyChain,
    source,
    destination,
    flow: flowOf(packet),
    ...queueValues(rule, packet.state),
    ...ownerOfRule({ observation, node: packet.node, rule, source, destination, protocol, port }),
    ...userChain(
      packet.state,
      policyChain,
      { destination, inLink: packet.in, outLink: packet.out },
      decision?.place?.startsWith('filter ') ? nearlyAccepted(packet, hook) : {},
    ),
  };
  const reason = kind === 'drop' ? 'dropped-by-rule' : 'rejected-by-rule';
  return { reason, node: packet.node, object: values.rule, values };
}

/** The protocol and the server's port, as a rule for this packet names them. */
function flowOf({ headers, context }: Transit): string {
  const { protocol, sourcePort, destinationPort } = headers;
  const match = `-p ${protocol === 'icmp' && headers.destination.includes(':') ? 'icmpv6' : protocol}`;
  const reply = context.direction === 'reply';
  const port = reply ? sourcePort : destinationPort;
  return port === null ? match : `${match} ${reply ? '--sport' : '--dport'} ${port}`;
}
