import type { TracedPacket, TracedPath } from '../../../path/recording/hop.ts';
import { sameAddress } from '../../../state/ip.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { endedAs, tracedOr } from '../../path-frame.ts';
import { nodesOf, pathEvidence, requestOf, translationsOf } from '../../path-sights.ts';
import type { Args } from './schema.ts';

/** The recorded path of a packet: its nodes, its translations, its end. */
export function judgePath({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to } = args;
  const frame: Frame = {
    node: from,
    object: to,
    expected: wishOf(args).join('; '),
    values: { from, to, expect: args.ends?.reason ?? 'reply' },
    evidence: [],
  };
  const whole = tracedOr(frame, observation, args, outcomes[0]);
  if ('reason' in whole) return whole;
  if (args.upstream === undefined) return judgeWay(frame, args, whole, outcomes[1]);
  // First the request has to come to the proxy and back.
  const ended = endedAs(frame, {}, whole, undefined);
  if (ended !== null) return ended;
  const leg = whole.upstream.find((one) => one.from === args.upstream);
  if (leg === undefined) {
    const missed = args.through?.[0] ?? args.ends?.at ?? args.upstream;
    return fail(frame, 'other-path', nodesOf(requestOf(whole)).join(', '), { missed, expected: missed });
  }
  const path = { ...leg, upstream: [], gaps: [] };
  const own = { ...frame, node: leg.from, object: leg.to, evidence: [pathEvidence(args, path)] };
  const values = { ...frame.values, from: leg.from, to: leg.to };
  return judgeWay({ ...own, values }, args, path, outcomes[1]);
}

function judgeWay(
  frame: Frame,
  args: Args,
  path: TracedPath,
  answer: JudgeFacts<Args>['outcomes'][number] | undefined,
): Judgement {
  const ended = endedAs(frame, args, path, answer);
  if (ended !== null) return ended;
  const request = requestOf(path);
  if (request === null) return pass(frame, '-');
  const way = nodesOf(request).join(', ');
  return (
    otherNodes(frame, args, request, way) ??
    otherTranslations(frame, args, request) ??
    otherSource(frame, args, request) ??
    otherWayBack(frame, args, path, way) ??
    pass(frame, way)
  );
}

function otherNodes(frame: Frame, { through = [], never = [] }: Args, packet: TracedPacket, way: string) {
  const nodes = nodesOf(packet);
  const forbidden = nodes.find((node) => never.includes(node));
  if (forbidden !== undefined) {
    return { ...fail(frame, 'enters-node', way, { entered: forbidden }), node: forbidden };
  }
  let at = 0;
  for (const wanted of through) {
    const found = nodes.indexOf(wanted, at);
    if (found < 0)
      return { ...fail(frame, 'other-path', way, { missed: wanted, expected: through.join(', ') }) };
    at = found + 1;
  }
  return null;
}

function otherTranslations(frame: Frame, { translated }: Args, packet: TracedPacket): Judgement | null {
  if (translated === undefined) return null;
  const all = translationsOf(packet);
  const done = all.map(({ node, chain }) => `${node} ${chain}`);
  const wanted = translated.map(({ at, chain }) => `${at} ${chain}`);
  if (done.join() === wanted.join()) return null;
  const fields = packet.hops[0]?.after ?? packet.hops[0]?.before;
  const { source = '', destination = '' } = fields ?? {};
  const values = {
    expected: wanted.join(', ') || '-',
    ...(wanted.length === 0 ? {} : { place: wanted.join(', ') }),
    changes: all.map(({ node, before, after }) => `${node}: ${before} -> ${after}`).join(', '),
  };
  const first = translated[0];
  if (done.length === 0 && first !== undefined) {
    const more = {
      ...{ translator: first.at, unchanged: source, ...values, chain: first.chain },
      ...(changesDestination(first.chain) ? { unchanged: destination, public: destination } : {}),
      order: orderIn(first.chain, source, destination),
    };
    return { ...fail(frame, 'not-translated', '-', more), node: first.at };
  }
  const extra = all[done.findIndex((one, index) => one !== wanted[index])] ?? all.at(-1);
  return { ...fail(frame, 'translated-otherwise', done.join(', '), values), node: extra?.node ?? null };
}

const changesDestination = (chain: string) => ['PREROUTING', 'OUTPUT'].includes(chain);

/** The least that a rule in that chain must contain; the new destination is not known. */
const orderIn = (chain: string, source: string, destination: string): string =>
  changesDestination(chain)
    ? `-d ${destination} -j DNAT --to-destination ADDRESS`
    : `-s ${source} -j MASQUERADE`;

function otherSource(frame: Frame, { source }: Args, packet: TracedPacket): Judgement | null {
  if (source === undefined) return null;
  const hop = packet.hops.find(({ node }) => node === source.at);
  const seen = (hop?.before ?? hop?.after)?.source;
  if (seen === undefined) {
    const way = nodesOf(packet).join(', ');
    return fail(frame, 'other-path', way, { missed: source.at, expected: source.at });
  }
  if (sameAddress(seen, source.address)) return null;
  return { ...fail(frame, 'wrong-source', seen, { expected: source.address }), node: source.at };
}

function otherWayBack(
  frame: Frame,
  { symmetric }: Args,
  { packets }: TracedPath,
  way: string,
): Judgement | null {
  if (symmetric !== true) return null;
  const back = nodesOf(packets.find(({ direction }) => direction === 'reply'));
  if (back.toReversed().join(', ') === way) return null;
  return fail(frame, 'other-way-back', back.join(', ') || '-', { way });
}

/** The expected path in a few terms that are the same in every language. */
function wishOf({ through, never, translated, source, symmetric, ends }: Args): string[] {
  return [
    ...(through === undefined ? [] : [`via ${through.join(', ')}`]),
    ...(never === undefined ? [] : [`not via ${never.join(', ')}`]),
    ...(translated === undefined
      ? []
      : [`NAT: ${translated.map(({ at, chain }) => `${at} ${chain}`).join(', ') || '-'}`]),
    ...(source === undefined ? [] : [`src ${source.address} @ ${source.at}`]),
    ...(symmetric === true ? ['symmetric'] : []),
    ...(ends === undefined ? [] : [`end: ${ends.at}${ends.reason === undefined ? '' : ` (${ends.reason})`}`]),
  ];
}
