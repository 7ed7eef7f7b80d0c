import type { Finding } from '../../path/model/finding.ts';
import { unbridged } from '../../path/model/unbridged.ts';
import type { Fields, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import { type EndFacts, type Ending, findingReason } from './end-finding.ts';

/**
 * The answer came back, but from another address or port than was asked, and the program that asked did not take
 * it: a translation was not undone, or a server of UDP on all addresses answered from another of its own.
 */
export function otherSource(
  { recording, tables }: Ending,
  request: TracedPacket,
  reply: TracedPacket,
): EndFacts | null {
  const { outcome, request: asked } = recording;
  if (outcome.result === 'reply' || outcome.result === 'answer') return null;
  const [sent, came] = [first(request.hops), last(reply.hops)];
  if (sent === null || came === null) return null;
  const port = sent.destinationPort === came.sourcePort;
  if (sameAddress(sent.destination, came.source) && port) return null;
  const finding = tables();
  const past = answeredPast(recording.observation, request, reply);
  const translation = finding?.reason === 'wrong-translation' ? finding : null;
  const translated = past ?? translation;
  const end = (address: string, number: number | null) => (port ? address : `${address} (${number})`);
  const observed = end(came.source, came.sourcePort);
  const expected = end(sent.destination, sent.destinationPort);
  const own = { reason: 'other-source' as const, object: came.source, values: { observed, expected } };
  return {
    ...(translated === null ? own : findingReason(translated)),
    kind: 'answer-lost',
    direction: 'reply',
    node: asked.from,
    link: reply.end.link,
    by: null,
    kernel: null,
    sources: translated === null ? ['capture', 'probe'] : ['capture', 'probe', 'state'],
  };
}

/** The answer does not come by the node that changed the request's destination: its source is not changed back. */
function answeredPast(observation: Observation, { hops }: TracedPacket, reply: TracedPacket): Finding | null {
  const hop = hops.find(({ changes }) => changes.some(({ field }) => field === 'destination'));
  const change = hop?.changes.find(({ field }) => field === 'destination');
  if (hop === undefined || change === undefined) return null;
  if (reply.hops.some(({ node, layer }) => node === hop.node && layer === 'ip')) return null;
  const own = reply.hops.some(({ node }) => node === hop.node);
  const values = {
    ...(own ? unbridged(observation, hop.node, change.after) : {}),
    ...{ router: hop.node, server: change.after, client: hop.before?.source ?? '' },
    ...{ expected: change.before, observed: change.after, direction: 'reply' },
  };
  return { reason: 'wrong-translation', node: hops[0]?.node ?? hop.node, object: change.after, values };
}

const first = ([hop]: readonly TracedHop[]): Fields | null => hop?.before ?? hop?.after ?? null;

function last(hops: readonly TracedHop[]): Fields | null {
  const hop = hops.at(-1);
  return hop?.after ?? hop?.before ?? null;
}
