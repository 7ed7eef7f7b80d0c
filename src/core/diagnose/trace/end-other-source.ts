import type { Fields, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { sameAddress } from '../../state/ip.ts';
import { because, type Ended, found } from './end-finding.ts';

/**
 * The answer came back, but from another address or port than was asked, and the program that asked did not take
 * it: a translation was not undone, or a server of UDP on all addresses answered from another of its own.
 */
export function otherSource(recording: Recording, request: TracedPacket, reply: TracedPacket): Ended | null {
  const { outcome, request: asked } = recording;
  if (outcome.result === 'reply' || outcome.result === 'answer') return null;
  const [sent, came] = [first(request.hops), last(reply.hops)];
  if (sent === null || came === null) return null;
  const port = sent.destinationPort === came.sourcePort;
  if (sameAddress(sent.destination, came.source) && port) return null;
  const finding = found(recording);
  const translated = finding?.reason === 'wrong-translation' ? finding : null;
  const end = (address: string, number: number | null) => (port ? address : `${address} (${number})`);
  const observed = end(came.source, came.sourcePort);
  const expected = end(sent.destination, sent.destinationPort);
  const own = { reason: 'other-source' as const, object: came.source, values: { observed, expected } };
  return {
    ...(translated === null ? own : because(translated)),
    kind: 'answer-lost',
    direction: 'reply',
    node: asked.from,
    link: reply.end.link,
    by: null,
    kernel: null,
    sources: translated === null ? ['capture', 'probe'] : ['capture', 'probe', 'state'],
  };
}

const first = ([hop]: readonly TracedHop[]): Fields | null => hop?.before ?? hop?.after ?? null;

function last(hops: readonly TracedHop[]): Fields | null {
  const hop = hops.at(-1);
  return hop?.after ?? hop?.before ?? null;
}
