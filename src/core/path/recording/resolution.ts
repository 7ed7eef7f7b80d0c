import { sameAddress } from '../../state/ip.ts';
import { linkOf } from '../model/segment.ts';
import type { Sight } from './flow-packet.ts';
import type { Resolution } from './hop.ts';
import type { Scene } from './scene.ts';

/** The question on the wire for the next address, or one of them, if the node asked it while it had the packet. */
export function resolutionOf(
  { flow, recording, seenFrames: seen }: Scene,
  node: string,
  addresses: readonly string[],
  came: Sight | undefined,
  left: Sight | null,
): Resolution | null {
  const { observation } = recording;
  const own = new Set((observation.nodes[node]?.links ?? []).map(({ mac }) => mac));
  // A packet that waits is first seen when it leaves: its sender asked before that.
  const waits = came === undefined || came.way === 'out';
  const questions = flow.neighbourly.filter(
    (one) =>
      one.kind === 'question' &&
      !seen.has(one.frame) &&
      one.node === node &&
      one.way === 'out' &&
      linkOf(observation, one)?.master == null &&
      own.has(one.mac) &&
      addresses.some((address) => sameAddress(one.address, address)) &&
      (waits || one.time >= came.time) &&
      (left === null || one.time <= left.time),
  );
  const [first] = questions;
  if (first === undefined) return null;
  const { address } = first;
  for (const { frame } of questions) seen.add(frame);
  const answer = flow.neighbourly.find(
    (one) =>
      one.kind === 'answer' &&
      one.node === node &&
      one.way === 'host' &&
      sameAddress(one.address, address) &&
      one.time >= first.time,
  );
  const by = answer === undefined ? null : ownerOf(recording, answer.mac, node);
  return { address, link: first.link, questions: questions.length, answer: answer?.mac ?? null, by };
}

/** The link that has a MAC address; not the asking node's own. */
function ownerOf({ observation }: Scene['recording'], mac: string, except: string): Resolution['by'] {
  for (const [node, { links }] of Object.entries(observation.nodes)) {
    const link =
      node === except
        ? undefined
        : links.find((one) => one.mac === mac && (one.kind === 'bridge' || one.master === null));
    if (link !== undefined) return { node, link: link.name };
  }
  return null;
}
