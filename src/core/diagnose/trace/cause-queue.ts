import type { Finding } from '../../path/model/finding.ts';
import { neighbour } from '../../path/model/neighbour.ts';
import { linkOf } from '../../path/model/segment.ts';
import type { TracedHop } from '../../path/recording/hop.ts';
import type { Link } from '../../state/observation.ts';
import { linkAt, type Place } from './place.ts';

/** Queues that only bound how many packets wait, which a single probe never fills. */
const plain = ['noqueue', 'noop', 'mq', 'fq_codel', 'pfifo_fast', 'fq'];

/** It was ready to be sent, and the queue of the link dropped it: no device has seen it. */
export function queueCause(place: Place): Finding | null {
  const { hop, kernel } = place;
  if (hop.out !== null || (kernel !== null && !/QDISC/.test(kernel.reason))) return null;
  // A bridge may have iptables look at its frames (bridge-nf-call-iptables): they pass `postrouting`, too.
  const own = hop.hooks.includes('postrouting') ? linkAt(place, deviceOf(hop)) : null;
  const link = hop.hooks.includes('bridge forward') ? portOut(place) : own;
  if (link === null || plain.includes(link.queue)) return null;
  const values = { link: link.name, queue: link.queue };
  return { reason: 'queue-full', node: hop.node, object: link.name, values };
}

/** A question for a MAC address that its receiver hears: the queue there drops the answers. */
export function answerQueueCause({ hop, observation }: Place): Finding | null {
  const { node, resolution } = hop;
  if (resolution === null || resolution.answer !== null) return null;
  const { link, address } = resolution;
  const found = neighbour(observation, { node, link }, address);
  const own = found.kind === 'owner' ? linkOf(observation, found.port) : null;
  if (found.kind !== 'owner' || own === null || plain.includes(own.queue)) return null;
  const values = { link: own.name, queue: own.queue, answers: address };
  return { reason: 'queue-full', node: found.port.node, object: own.name, values };
}

const deviceOf = ({ route }: TracedHop): string | null => /\bdev (\S+)/.exec(route?.text ?? '')?.[1] ?? null;

/** The port of a bridge behind which the frame's MAC address is. */
function portOut(place: Place): Link | null {
  const { hop, state } = place;
  const mac = hop.before?.destinationMac ?? null;
  const bridge = linkAt(place, hop.in)?.master ?? null;
  if (bridge === null) return null;
  const entry = state.fdb.find((one) => one.mac === mac && one.master === bridge);
  return linkAt(place, entry?.dev ?? null);
}
