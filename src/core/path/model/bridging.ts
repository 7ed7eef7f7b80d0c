import type { Headers, Hop } from './packet.ts';
import { linkOf, type Port } from './segment.ts';
import { type Context, pass, type Stop, transit } from './transit.ts';

/** The bridges a frame went through, and the effect of their nodes' rules on the packet in it. */
interface BridgeWalk {
  hops: Hop[];
  headers: Headers;
  stop: Stop | null;
}

/** Follows a packet through the bridges between one IP layer and the next. `way`: the links it passes. */
export function throughBridges(context: Context, way: Port[], headers: Headers): BridgeWalk {
  const bridged: BridgeWalk = { hops: [], headers, stop: null };
  for (const [at, port] of way.entries()) {
    const [before, after] = [way[at - 1], way[at + 1]];
    const inner = before?.node === port.node && after?.node === port.node;
    if (!inner || linkOf(context.observation, port)?.kind !== 'bridge' || bridged.stop !== null) continue;
    cross(context, bridged, { node: port.node, bridge: port.link, in: before.link, out: after.link });
  }
  return bridged;
}

interface Crossing {
  node: string;
  bridge: string;
  in: string;
  out: string;
}

function cross(context: Context, bridged: BridgeWalk, crossing: Crossing): void {
  const { node, bridge } = crossing;
  const { headers } = bridged;
  const decisions: Hop['decisions'] = [{ by: 'bridge', text: bridge }];
  const hop: Hop = { node, in: crossing.in, out: crossing.out, before: headers, after: headers, decisions };
  bridged.hops.push(hop);
  const state = context.observation.nodes[node];
  const tool = headers.destination.includes(':') ? 'ip6tables' : 'iptables';
  if (state?.sysctls[`net.bridge.bridge-nf-call-${tool}`] !== '1') return;
  // br_netfilter shows bridged packets to the IP layer's chains, with the bridge as both links.
  const packet = { ...transit(context, node, state, bridge, headers), hop };
  bridged.stop = pass(packet, 'PREROUTING');
  if (bridged.stop === null && packet.headers.destination !== headers.destination) {
    bridged.stop = { kind: 'undecided', object: bridge };
  }
  packet.out = bridge;
  bridged.stop ??= pass(packet, 'FORWARD') ?? pass(packet, 'POSTROUTING');
  bridged.headers = packet.headers;
}
