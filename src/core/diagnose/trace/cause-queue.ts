import type { Finding } from '../../path/model/finding.ts';
import { linkAt, type Place } from './place.ts';

/** Queues that only bound how many packets wait, which a single probe never fills. */
const plain = ['noqueue', 'noop', 'mq', 'fq_codel', 'pfifo_fast', 'fq'];

/** It was ready to be sent, and the queue of the link dropped it: no device has seen it. */
export function queueCause(place: Place): Finding | null {
  const { hop, kernel } = place;
  if (hop.out !== null || !hop.hooks.includes('postrouting')) return null;
  const dev = /\bdev (\S+)/.exec(hop.route?.text ?? '')?.[1] ?? null;
  const link = linkAt(place, dev);
  if (link === null || plain.includes(link.queue)) return null;
  if (kernel !== null && !/QDISC/.test(kernel.reason)) return null;
  const values = { link: link.name, queue: link.queue };
  return { reason: 'queue-full', node: hop.node, object: link.name, values };
}
