import { findLink } from '../../../path/model/segment.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Link } from '../../../state/observation.ts';
import { linkElsewhere, linkEvidence, linkState } from '../../../verdict/evidence.ts';
import type { Reason } from '../../../verdict/reasons.ts';
import { type Frame, fail, isJudgement, type Judgement, nodeOr, pass, type Seen } from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A link is in the node it should be in, in the state it should have; asked in the order one would repair it. */
export function judgeLink({ args, observation }: Seen<Args>): Judgement {
  const frame = frameOf(args);
  const node = nodeOr(frame, observation, args.on);
  if (isJudgement(node)) return node;
  frame.evidence = [linkEvidence(observation, args.on, node)];
  const link = findLink(node, args.name);
  if (args.absent) return link === null ? pass(frame, '-') : fail(frame, 'link-present', linkState(link));
  if (link === null) {
    const elsewhere = linkElsewhere(observation, args.name, args.on);
    return fail(frame, 'link-missing', '-', { elsewhere: elsewhere.join(', ') });
  }
  const wrong = differences(args, link)[0];
  if (wrong === undefined) {
    const own = ownOf(args, link)[0];
    return own === undefined ? pass(frame, linkState(link)) : wrongOwn(frame, link, own);
  }
  const { reason, expected, observed } = wrong;
  const peer = link.peer === null ? '' : `${link.peer.node}:${link.peer.link}`;
  return { ...fail(frame, reason, observed, { peer, expected }), observed: linkState(link) };
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
function wrongOwn(frame: Frame, link: Link, { wanted, found }: Own): Judgement {
  const change = wanted.startsWith('mtu ')
    ? { set: `ip link set ${link.name} ${wanted}` }
    : { delete: `ip link del ${link.name}` };
  return fail(frame, 'wrong-entry', found, {
    list: `ip -d link show dev ${link.name}`,
    ...{ wanted, found, expected: wanted, ...change },
  });
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

function frameOf(args: Args): Frame {
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
  const values = {
    link: args.name,
    wantedKind: args.kind ?? '',
    expected,
    absent: args.absent ? 'yes' : '',
    peer: args.peer ?? '',
  };
  return { node: args.on, object: args.name, expected, values, evidence: [] };
}
