import type { Finding } from '../../path/model/finding.ts';
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
