import { sameAddress } from '../../state/ip.ts';
import { linkOf } from '../model/segment.ts';
import type { FlowPacket, NeighbourMessage, Outer } from './flow-packet.ts';
import type { HopFacts } from './hop.ts';
import { hopsOf } from './hops.ts';
import type { Scene } from './scene.ts';
import type { Carrier } from './tunnel.ts';

/** A later fragment of a tunnel's packet, or an error about one: nothing that the probe's sender or receiver gets. */
export const isBeside = ([first]: readonly HopFacts[]): boolean =>
  first?.tunnel?.carries === 'error' || first?.tunnel?.carries === 'fragment';

/** A packet's hops with those of the packets that carried it, or the question it waited for, through tunnels. */
export function throughTunnels(scene: Scene, packet: FlowPacket, hops: HopFacts[]): HopFacts[] {
  if (scene.flow.outers.length === 0) return hops;
  return hops.flatMap((hop, at) => {
    const next = hops[at + 1] ?? null;
    const way = entersTunnel(scene, hop) ? carriersOf(scene, packet, hop, next) : [];
    const came = hops[at - 1];
    // Between the two ends nothing is left unseen.
    const seen = came !== undefined && hop.gap && entersTunnel(scene, came);
    const whole = seen ? { ...hop, gap: !leadsTo(carriersOf(scene, packet, came, hop), hop) } : hop;
    return [whole, ...way, ...(next === null ? unanswered(scene, hop) : [])];
  });
}

function entersTunnel({ recording }: Scene, { node, out }: HopFacts): boolean {
  return out !== null && linkOf(recording.observation, { node, link: out })?.kind === 'vxlan';
}

/** A tunnel may send copies to several ends: the one that came where the packet came, else the last. */
function carriersOf(scene: Scene, packet: FlowPacket, from: HopFacts, next: HopFacts | null): HopFacts[] {
  const ways = scene.flow.outers
    .filter(({ carries }) => carries === packet)
    .map((outer) => wayOf(scene, outer, 'packet'))
    .filter(([first]) => first?.node === from.node);
  return ways.find((way) => next !== null && leadsTo(way, next)) ?? ways.at(-1) ?? [];
}

const leadsTo = (way: readonly HopFacts[], { node }: HopFacts): boolean => way.at(-1)?.node === node;

/** The way of a question without an answer, or of its answer, if that ended inside a tunnel. */
function unanswered(scene: Scene, { resolution, out }: HopFacts): HopFacts[] {
  if (resolution === null || resolution.answer !== null || out !== null) return [];
  for (const kind of ['question', 'answer'] as const) {
    const all = scene.flow.outers.flatMap((outer) => {
      const { carries } = outer;
      if ('sights' in carries || carries.kind !== kind) return [];
      if (!sameAddress(carries.address, resolution.address)) return [];
      const way = wayOf(scene, outer, kind);
      return [{ way, arrived: cameOut(scene, carries, way.at(-1)?.node ?? '') }];
    });
    // Asked three times, a second apart: where one got through, the others were still on their way.
    if (all.length > 0 && !all.some(({ arrived }) => arrived)) return all[0]?.way ?? [];
  }
  return [];
}

/** It was seen behind the tunnel, in the node that has its other end. */
function cameOut(
  { flow, recording }: Scene,
  { kind, address, mac, time }: NeighbourMessage,
  node: string,
): boolean {
  return flow.neighbourly.some(
    (one) =>
      one.node === node &&
      one.way !== 'out' &&
      one.time >= time &&
      [one.kind, one.address, one.mac].join() === [kind, address, mac].join() &&
      linkOf(recording.observation, one)?.kind === 'vxlan',
  );
}

function wayOf(scene: Scene, { packet, tunnel }: Outer, carries: Carrier['carries']): HopFacts[] {
  const { protocol, length } = packet.header;
  return hopsOf(scene, packet).map((hop) => ({ ...hop, tunnel: { ...tunnel, carries, protocol, length } }));
}
