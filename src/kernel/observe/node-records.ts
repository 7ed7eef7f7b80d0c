import type {
  FdbEntry,
  Ipsec,
  Link,
  Listener,
  Neighbour,
  PolicyRule,
  Route,
  Vlan,
  WireguardPeer,
} from '../../core/state/observation.ts';
import { attributesOf, numberOf, viewOf } from '../trace/netlink.ts';
import type { LookRecord } from './look.ts';
import { addressIn } from './netlink/address.ts';
import { confIn, linkConf } from './netlink/conf.ts';
import { ipsecIn } from './netlink/ipsec.ts';
import { linkIn, type ToldLink } from './netlink/link.ts';
import { listenerIn, type ToldListener } from './netlink/listener.ts';
import { families, type Message, messagesIn, types } from './netlink/messages.ts';
import type { Names } from './netlink/names.ts';
import { fdbIn, neighbourIn, unaskingIn } from './netlink/neighbour.ts';
import { once } from './netlink/once.ts';
import { routeIn } from './netlink/route.ts';
import { ruleIn } from './netlink/rule.ts';
import { vlansIn } from './netlink/vlan.ts';
import { wireguardIn } from './netlink/wireguard.ts';
import type { Tables } from './rules.ts';
import { settingsIn } from './sysctls.ts';

/** The records of one node's namespace, links and routes in words, other nodes still as numbers. */
export interface NodeRecords {
  links: Link[];
  others: Map<string, NonNullable<ToldLink['other']>>;
  routes: Route[];
  policies: PolicyRule[];
  neighbours: Neighbour[];
  fdb: FdbEntry[];
  settings: [path: string, value: string][];
  listeners: ToldListener[];
  /** Queues of netfilter that a program reads. */
  queues: number[];
  tables: Tables;
  ipsec: Ipsec | null;
  /** By which number it knows which node's place in the question. */
  known: Map<number, number>;
  /** An address is not sure yet to be its own. */
  tentative: boolean;
}

const confOf = once(confIn);
const settingsOf = once((bytes) => settingsIn(Buffer.from(bytes).toString()));
const ruleReaders = new WeakMap<Names, (body: Uint8Array) => PolicyRule | null>();

function ruleReader(names: Names): (body: Uint8Array) => PolicyRule | null {
  const made = ruleReaders.get(names) ?? once((body) => ruleIn(body, names));
  ruleReaders.set(names, made);
  return made;
}

const nothing = (): Uint8Array => new Uint8Array();

export function nodeRecordsOf(records: readonly LookRecord[], names: Names): NodeRecords {
  const messages = records
    .filter(({ kind }) => kind === 'R')
    .flatMap(({ payload }) => [...messagesIn(payload)]);
  const of = (type: number) => messages.filter((message) => message.type === type);
  const payloads = (kind: string) => records.filter((one) => one.kind === kind).map(({ payload }) => payload);
  const linkMessages = of(types.link).filter(({ body }) => body[0] !== families.bridge);
  const links = linkMessages.map(({ body }) => linkIn(body));
  const byIndex = new Map(links.map((link) => [link.link.index, link.link]));
  const nameOf = (index: number) => byIndex.get(index)?.name ?? `if${index}`;
  let tentative = false;
  for (const { body } of of(types.address)) {
    const one = addressIn(body);
    if (one === null) continue;
    const link = byIndex.get(one.index);
    link?.addresses.push(one.address);
    tentative ||= one.tentative && (link?.carrier ?? false);
  }
  for (const { link, master, below } of links) {
    link.master = master === null ? null : nameOf(master);
    if (below !== null) link.details.link = nameOf(below);
  }
  const forwards = links.some(({ link }) => link.kind === 'bridge' || link.kind === 'vxlan');
  if (forwards) addVlans(of(types.link), byIndex);
  addWireguard(payloads('W'), byIndex);
  const neighbours = of(types.neighbour);
  const rule = ruleReader(names);
  const ipv6 = links.some(({ link }) => link.addresses.some(({ family }) => family === 'ipv6'));
  const sockets = (kind: string, protocol: Listener['protocol']) =>
    payloads(kind)
      .flatMap((each) => [...messagesIn(each)])
      .flatMap(({ type, body }) => (type === types.socket ? (listenerIn(body, protocol, nameOf) ?? []) : []));
  return {
    links: links.map(({ link }) => link),
    others: new Map(links.flatMap(({ link, other }) => (other === null ? [] : [[link.name, other]]))),
    routes: of(types.route).flatMap(({ body }) => routeIn(body, nameOf, names) ?? []),
    policies: of(types.rule)
      .flatMap(({ body }) => rule(body) ?? [])
      .filter(({ family }) => family === 'ipv4' || ipv6),
    neighbours: neighbours.flatMap(({ body }) =>
      body[0] === families.bridge ? [] : (neighbourIn(body, nameOf) ?? []),
    ),
    fdb: forwards ? neighbours.flatMap(({ body }) => fdbIn(body, nameOf) ?? []) : [],
    settings: [
      ...of(types.conf).flatMap(({ body }) => confOf(body)),
      ...links.flatMap(({ link, conf }) => linkConf(link.name, conf)),
      ...payloads('S').flatMap(settingsOf),
      ...of(types.neighbourTable).flatMap(({ body }) => {
        const unasking = unaskingIn(body, nameOf);
        return unasking === null ? [] : [unasking];
      }),
    ],
    listeners: [...sockets('U', 'udp'), ...sockets('T', 'tcp')],
    queues: payloads('Q').flatMap((each) => queuesIn(Buffer.from(each).toString())),
    tables: tablesIn(payloads('F'), payloads('C')[0] ?? nothing(), payloads('L').length > 0),
    ipsec: ipsecIn(payloads('A')),
    known: knownIn(payloads('N')[0] ?? nothing()),
    tentative,
  };
}

function addWireguard(about: readonly Uint8Array[], byIndex: ReadonlyMap<number, Link>): void {
  for (const { type, body } of about.flatMap((each) => [...messagesIn(each)])) {
    const one = type < types.lowest ? null : wireguardIn(body);
    const link = byIndex.get(one?.index ?? 0);
    if (one === null || link === undefined) continue;
    Object.assign(link.details, one.details);
    link.peers = together([...(link.peers ?? []), ...one.peers]);
  }
}

/** A peer whose prefixes came in several messages, once. */
function together(peers: readonly WireguardPeer[]): WireguardPeer[] {
  const found = new Map<string, WireguardPeer>();
  for (const peer of peers) {
    const before = found.get(peer.key);
    found.set(peer.key, { ...peer, ...before, allowed: [...(before?.allowed ?? []), ...peer.allowed] });
  }
  return [...found.values()];
}

function addVlans(about: readonly Message[], byIndex: ReadonlyMap<number, Link>): void {
  const vlans = new Map<string, Vlan[]>();
  for (const { body } of about) {
    if (body[0] !== families.bridge) continue;
    const port = vlansIn(body);
    const link = port === null ? undefined : byIndex.get(port.index);
    if (port !== null && link !== undefined)
      vlans.set(link.name, [...(vlans.get(link.name) ?? []), ...port.vlans]);
  }
  for (const link of byIndex.values()) {
    const own = vlans.get(link.name);
    if (own !== undefined) link.vlans = own;
  }
}

function tablesIn(bodies: readonly Uint8Array[], cookie: Uint8Array, legacy: boolean): Tables {
  const messages = bodies.flatMap((each) => [...messagesIn(each)]);
  const generation = messages.find(({ type }) => type === types.nftGeneration);
  return {
    cookie: cookie.length === 0 ? null : Buffer.from(cookie).toString('hex'),
    generation: generation ? numberOf(attributesOf(generation.body.subarray(4)).get(1)) : null,
    families: new Set(messages.filter(({ type }) => type === types.nftTable).map(({ body }) => body[0] ?? 0)),
    legacy,
  };
}

/** The first column of /proc/net/netfilter/nfnetlink_queue (seq_show in nfnetlink_queue.c). */
const queuesIn = (text: string): number[] =>
  text.split('\n').flatMap((line) => (/^\s*\d/.test(line) ? [Number.parseInt(line, 10)] : []));

/** Pairs of numbers. */
function knownIn(bytes: Uint8Array): Map<number, number> {
  const view = viewOf(bytes);
  return new Map(
    Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => [
      view.getInt32(8 * at, true),
      view.getInt32(8 * at + 4, true),
    ]),
  );
}
