import type { Packet } from '../../path/model/packet.ts';
import { keyTo } from '../../path/model/policy.ts';
import { routing } from '../../path/model/routing.ts';
import { addressesOf, labelOf, type OwnAddress, reaches } from '../../path/model/source.ts';
import { firstTrouble, walk } from '../../path/model/walk.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import { isLinkLocal, sameAddress } from '../../state/ip.ts';
import type { Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, packetOf } from './end-finding.ts';

/**
 * A packet whose answer goes astray because of the source that its sender's kernel chose: from another of the node's
 * addresses it would come back. `resourcing`: the line that has the kernel choose that one.
 */
export function chosenSource(seen: Ending, ended: EndFacts): Values {
  const { observation, request } = seen.recording;
  const node = observation.nodes[request.from];
  const sentFrom = sourceOf(seen.packets.find(({ direction }) => direction === 'request'));
  const astray = reasons.some((one) => one === ended.reason);
  if (ended.kind === 'delivered' || !astray || node === undefined || sentFrom === null) return {};
  const family = sentFrom.includes(':') ? 'ipv6' : 'ipv4';
  const all = addressesOf(node, family);
  const own = all.find(({ address }) => sameAddress(address, sentFrom));
  const packet: Packet = packetOf(seen.recording);
  const routed = routing(node, { ...keyTo(packet.to), mark: packet.mark ?? 0, tos: packet.tos ?? 0 });
  if (own === undefined || routed.kind !== 'route') return {};
  const usable = all.filter(
    (one) => one !== own && one.scope !== 'host' && isLinkLocal(one.address) === isLinkLocal(sentFrom),
  );
  const trouble = (source: string) => firstTrouble(walk(observation, { ...packet, source }));
  const other = usable.find(({ address }) => trouble(address) === null);
  const { route } = routed;
  if (trouble(sentFrom)?.kind !== 'lost') return {};
  if (other === undefined) return { ...borrowed(ended, own, route), sentBy: request.from };
  return {
    ...{
      sentBy: request.from,
      sentFrom,
      otherSource: other.address,
      ...whyNot(own, other, route, packet.to),
    },
    ...{ resourcing: resourced(route, other) },
  };
}

/** What an answer to a wrong address comes to. */
const reasons: readonly EndFacts['reason'][] = [
  ...([
    'reply-not-routed',
    'rp-filter',
    'no-address',
    'no-route',
    'route-refuses',
    'dropped-by-rule',
  ] as const),
];

/** It has no other address to send from: the interface by which it leaves has none at all. */
function borrowed({ reason, values }: EndFacts, { address, dev }: OwnAddress, route: Route): Values {
  const unrouted = reason === 'reply-not-routed' && sameAddress(values.dst ?? '', address);
  if (!unrouted || route.dev === null || route.dev === dev || route.source !== null) return {};
  return { sentFrom: address, borrowed: dev, barren: route.dev };
}

/** As its program sent it: before a rule of the same node gave it another. */
function sourceOf(packet: TracedPacket | undefined): string | null {
  const [hop] = packet?.hops ?? [];
  if (hop === undefined || hop.in !== null || hop.layer !== 'ip' || hop.tunnel !== null) return null;
  return hop.changes.find(({ field }) => field === 'source')?.before ?? hop.after?.source ?? null;
}

/** Why the kernel prefers one address to another, in the order in which it asks. */
function whyNot(own: OwnAddress, other: OwnAddress, route: Route, to: string): Values {
  if (route.source !== null) return { sourceRoute: route.text };
  if (other.family === 'ipv4' && !reaches(other, route)) return { narrowScope: other.scope };
  if (other.deprecated === true && own.deprecated !== true) return { deprecated: other.address };
  if (own.dev !== other.dev) return own.dev === route.dev ? { leaving: own.dev } : { borrowed: own.dev };
  if (other.family === 'ipv4') return { firstOf: own.dev };
  return labelOf(own.address) === labelOf(other.address) ? { nearer: to } : { label: to };
}

function resourced(route: Route, { address, prefix, dev, deprecated }: OwnAddress): string {
  if (route.source === null && deprecated === true)
    return `addr change ${address}/${prefix} dev ${dev} preferred_lft forever valid_lft forever`;
  const six = route.family === 'ipv6' ? '-6 ' : '';
  return `${six}route replace ${route.text.replace(/ src \S+/, '')} src ${address}`;
}
