import type { Finding } from '../../path/model/finding.ts';
import { isLocal } from '../../path/model/routing.ts';
import { flood, linkOf } from '../../path/model/segment.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Place } from './place.ts';

/**
 * The frame is for this node, and the address to which its sender meant it is another's on the same wire: the sender
 * still has the MAC address of the node that had the address before (a failover that no gratuitous ARP told).
 */
export function staleCause({ observation, hop, before, packet, state }: Place): Finding | null {
  const mac = hop.before?.destinationMac ?? null;
  const sender = before?.layer === 'bridge' ? packet.hops.slice(0, -1).findLast(isRouted) : before;
  if (sender == null || sender.out === null || hop.in === null || hop.tunnel !== null || mac === null)
    return null;
  const out = linkOf(observation, { node: sender.node, link: sender.out });
  const start = { node: sender.node, link: out?.master ?? sender.out };
  const address = sender.route?.via ?? hop.before?.destination ?? '';
  const known = observation.nodes[sender.node]?.neighbours.find(
    (one) => one.dev === start.link && sameAddress(one.address, address),
  );
  if (address === '' || known?.mac !== mac || isLocal(state, address)) return null;
  const owner = flood(observation, start, true).receivers.find((port) => {
    const other = observation.nodes[port.node];
    return other !== undefined && ![hop.node, sender.node].includes(port.node) && isLocal(other, address);
  });
  const expected = owner === undefined ? '' : (linkOf(observation, owner)?.mac ?? '');
  if (owner === undefined || expected === mac) return null;
  const learned = known.state === 'PERMANENT' ? {} : { learned: start.link, now: hop.node };
  const values = { address, mac, link: start.link, expected, owner: owner.node, ...learned };
  return { reason: 'wrong-mac', node: sender.node, object: mac, values };
}

const isRouted = ({ layer }: Place['packet']['hops'][number]): boolean => layer === 'ip';
