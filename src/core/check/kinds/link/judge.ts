import { findLink, otherEnd } from '../../../path/model/segment.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../../state/observation.ts';
import { linkElsewhere, linkEvidence, linkState, promptOf } from '../../../verdict/evidence.ts';
import type { Reason } from '../../../verdict/reasons.ts';
import type { Values } from '../../../verdict/verdict.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import { strayLink } from '../../stray-link.ts';
import type { Args } from './schema.ts';

/** A link is in the node it should be in, in the state it should have; asked in the order one would repair it. */
export function judgeLink({ args, observation }: JudgeFacts<Args>): Judgement {
  const frame = frameOf(args, observation);
  const node = nodeOr(frame, observation, args.on);
  if (isJudgement(node)) return node;
  frame.evidence = [linkEvidence(observation, args.on, node)];
  const link = findLink(node, args.name);
  if (args.absent) return link === null ? pass(frame, '-') : fail(frame, 'link-present', linkState(link));
  if (link === null) return fail(frame, 'link-missing', '-', strayLink(observation, args));
  const wrong = differences(args, link)[0];
  if (wrong === undefined) {
    const own = ownOf(args, link)[0];
    return own === undefined
      ? pass(frame, linkState(link))
      : wrongOwn(frame, node, link, own, { exec: promptOf(observation, args.on).exec, on: args.on });
  }
  const { reason, expected, observed } = wrong;
  const ready =
    reason === 'wrong-peer'
      ? { elsewhere: readyElsewhere(observation, args), ...farEnd(observation, link, expected) }
      : {};
  return {
    ...fail(frame, reason, observed, { ...otherEnd(observation, link), expected, ...ready }),
    observed: linkState(link),
  };
}

/** The node where the interface with the expected peer waits to be moved: its name is taken in its own. */
function readyElsewhere(observation: Observation, { on, name, peer }: Args): string {
  const holds = (node: string) => {
    const link = observation.nodes[node]?.links.find((one) => one.name === name);
    return link?.peer !== null && link?.peer !== undefined && `${link.peer.node}:${link.peer.link}` === peer;
  };
  return linkElsewhere(observation, name, on).find(holds) ?? '';
}

/** The other end, where only its node is wrong: it has to be moved. */
function farEnd(observation: Observation, { peer }: Link, expected: string): Values {
  const [farNode = '', farLink] = expected.split(':');
  const kinds = [peer?.node ?? '', farNode].map((node) => observation.nodes[node]?.kind);
  if (peer === null || peer.link !== farLink || !kinds.every((one) => one === 'netns' || one === 'machine'))
    return {};
  return { farNode, farNetns: kinds[1] === 'netns' ? farNode : '1' };
}

/** A parameter that is another one than was asked for, in the words of `ip link`. */
interface Own {
  wanted: string;
  found: string;
}

function ownOf({ mtu, parent, tunnel = {} }: Args, link: Link): Own[] {
  const asked: [key: string, wanted: string | number | undefined, seen: string | number | undefined][] = [
    ['mtu', mtu, link.mtu],
    ['parent', parent, link.lower?.link],
    ...Object.entries(tunnel).map(([key, wanted]): (typeof asked)[number] => [
      key,
      wanted,
      link.details?.[key],
    ]),
  ];
  return asked
    .filter(([, wanted, seen]) => wanted !== undefined && !same(String(wanted), String(seen)))
    .map(([key, wanted, seen]) => ({ wanted: `${key} ${wanted}`, found: `${key} ${seen ?? '-'}` }));
}

const same = (wanted: string, seen: string) => wanted === seen || sameAddress(wanted, seen);

/** An MTU can be set; what a tunnel or macvlan was made with is changed by making it again. */
function wrongOwn(
  frame: Frame,
  state: NodeState,
  link: Link,
  { wanted, found }: Own,
  { exec, on }: { exec: string; on: string },
): Judgement {
  const change = wanted.startsWith('mtu ')
    ? { set: `ip link set dev ${link.name} ${wanted}` }
    : { remake: remade(state, link, wanted).join(`\n${exec}`) };
  const list = `ip -d link show dev ${link.name}`;
  const evidence = [{ on, command: `${exec}${list}`, output: found }];
  const values = { property: link.name, list, wanted, found, expected: wanted, ...change };
  return fail({ ...frame, evidence }, 'wrong-entry', found, values);
}

/**
 * Deleted and made again with one parameter changed, and with whatever goes with it: MTU, addresses, entries of its
 * forwarding database, routes.
 */
function remade({ fdb, routes }: NodeState, link: Link, wanted: string): string[] {
  const [key = '', value = ''] = wanted.split(' ');
  const { details, name, kind, lower, master, addresses, up, mtu } = link;
  const kept = Object.fromEntries(
    Object.entries({ ...details, [key]: value }).filter(([one]) => makes.includes(one)),
  );
  const below = key === 'parent' ? value : lower?.link;
  const unlearned = details.learning === 'false' ? ['nolearning'] : [];
  const own = makeOf({ name, kind, parent: below, tunnel: kept, flags: unlearned });
  return [
    `ip link del dev ${name}`,
    `ip link add ${own}`,
    ...(master === null ? [] : [`ip link set dev ${name} master ${master}`]),
    ...addresses
      .filter(({ scope }) => scope !== 'link')
      .map(({ address, prefix }) => `ip addr add ${address}/${prefix} dev ${name}`),
    `ip link set dev ${name} mtu ${mtu}`,
    ...(up ? [`ip link set dev ${name} up`] : []),
    ...fdb
      .filter(({ dev, master: bridge, dst }) => dev === name && bridge === null && dst !== null)
      // The entry that its `remote` makes is there again.
      .filter(({ mac, dst }) => !(mac === '00:00:00:00:00:00' && dst === kept.remote))
      .map(({ mac, dst }) => `bridge fdb append ${mac} dev ${name} dst ${dst}`),
    ...routes
      .filter(({ dev, protocol, table }) => dev === name && protocol !== 'kernel' && table === 'main')
      .map(({ text, family }) => `ip${family === 'ipv6' ? ' -6' : ''} route add ${text}`),
  ];
}

/** Parameters that a link is made with. */
const makes = ['id', 'local', 'remote', 'group', 'dstport', 'mode', 'key', 'ttl'];

interface Making {
  name: string;
  kind: string;
  parent: string | undefined;
  tunnel: Record<string, string | number | undefined>;
  flags: string[];
}

/** As it is typed behind `ip link add`. */
function makeOf({ name, kind, parent, tunnel, flags }: Making): string {
  const asked = Object.entries(tunnel).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${value}`],
  );
  const dev = parent === undefined ? [] : [kind === 'vxlan' ? `dev ${parent}` : ''];
  const lower = parent === undefined || kind === 'vxlan' ? [] : [`link ${parent}`];
  return [...lower, `name ${name}`, `type ${kind}`, ...asked, ...flags, ...dev]
    .filter((one) => one !== '')
    .join(' ');
}

interface Difference {
  reason: Reason;
  expected: string;
  observed: string;
}

function differences(args: Args, link: Link): Difference[] {
  const { kind, peer, master, up, carrier } = args;
  const actualPeer = link.peer === null ? '-' : `${link.peer.node}:${link.peer.link}`;
  const asked: [wanted: string | undefined, actual: string, reason: Reason][] = [
    [kind, link.kind, 'wrong-kind'],
    [peer, actualPeer, 'wrong-peer'],
    [master, link.master ?? '-', 'not-attached'],
    [word(up, 'up', 'down'), link.up ? 'up' : 'down', up === true ? 'link-down' : 'link-up'],
    [
      word(carrier, 'carrier', 'no-carrier'),
      link.carrier ? 'carrier' : 'no-carrier',
      carrier === true ? 'no-carrier' : 'link-up',
    ],
  ];
  return asked
    .filter(([wanted, actual]) => wanted !== undefined && wanted !== actual)
    .map(([wanted, observed, reason]) => ({ reason, expected: wanted ?? '', observed }));
}

function word(value: boolean | undefined, yes: string, no: string): string | undefined {
  return value === undefined ? undefined : value ? yes : no;
}

/** The other end as it is typed behind `type veth peer`; in another host than a namespace it cannot be made from here. */
function peerOf(on: string, peer: string, { nodes }: Observation): string {
  const [node = '', link = ''] = peer.split(':');
  if (node === on) return `name ${link}`;
  return nodes[node]?.kind === 'netns' ? `name ${link} netns ${node}` : 'name PEER';
}

function frameOf(args: Args, observation: Observation): Frame {
  const words = [
    args.name,
    args.kind,
    word(args.up, 'up', 'down'),
    word(args.carrier, 'carrier', 'no-carrier'),
  ];
  if (args.master !== undefined) words.push('master', args.master);
  if (args.peer !== undefined) words.push('peer', args.peer);
  if (args.mtu !== undefined) words.push('mtu', String(args.mtu));
  if (args.parent !== undefined) words.push('parent', args.parent);
  for (const [key, value] of Object.entries(args.tunnel ?? {})) words.push(key, String(value));
  const expected = args.absent ? '-' : words.filter((one) => one !== undefined).join(' ');
  const { name, kind, parent, tunnel = {} } = args;
  const special = kind !== undefined && (parent !== undefined || Object.keys(tunnel).length > 0);
  const values = {
    link: args.name,
    made: special ? makeOf({ name, kind, parent, tunnel, flags: [] }) : '',
    wantedKind: args.kind ?? '',
    expected,
    absent: args.absent ? 'yes' : '',
    peer: args.peer ?? '',
    madePeer: args.peer === undefined ? '' : peerOf(args.on, args.peer, observation),
  };
  return { node: args.on, object: args.name, expected, values, evidence: [] };
}
