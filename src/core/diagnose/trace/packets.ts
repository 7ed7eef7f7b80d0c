import { natWords } from '../../explain/trace/nat-words.ts';
import { packetName } from '../../explain/trace/packet-name.ts';
import { isLocal } from '../../path/model/routing.ts';
import { flowOf } from '../../path/recording/flow.ts';
import type { FlowPacket } from '../../path/recording/flow-packet.ts';
import type { PacketEnd, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import { hopsOf, sceneOf } from '../../path/recording/hops.ts';
import type { Recording } from '../../path/recording/recording.ts';
import type { Scene } from '../../path/recording/scene.ts';
import { throughTunnels } from '../../path/recording/tunnels.ts';
import { isForOther } from './place.ts';

/** The packets without an end: all that is known while the probe is still on its way. */
export function tracedPackets(recording: Recording): TracedPacket[] {
  const flow = flowOf(recording);
  const scene = sceneOf(recording, flow);
  const own = flow.packets.map((packet) => ({
    packet,
    hops: throughTunnels(scene, packet, hopsOf(scene, packet)),
  }));
  const beside = flow.beside.map(({ packet, tunnel, carries }) => {
    const { protocol, length } = packet.header;
    const inside = { ...tunnel, carries, protocol, length };
    return { packet, hops: hopsOf(scene, packet).map((hop) => ({ ...hop, tunnel: inside })) };
  });
  return [...own, ...beside]
    .toSorted((one, other) => firstFrame(one.packet) - firstFrame(other.packet))
    .filter(({ hops }) => hops.length > 0)
    .map(({ packet, hops }, index) => {
      const worded = hops.map((hop) => ({ ...hop, nat: natWords(hop) }));
      return traced(scene, packet, worded, index + 1);
    });
}

/** Packets that only rules have seen come last. */
const firstFrame = ({ sights: [first] }: FlowPacket): number => first?.frame ?? Number.MAX_SAFE_INTEGER;

function traced(scene: Scene, packet: FlowPacket, hops: TracedHop[], number: number): TracedPacket {
  const { protocol, length, id, fragment, tcp, icmp } = packet.header;
  return {
    number,
    direction: packet.direction,
    name: packetName(packet),
    header: { protocol, length, id, fragment, tcp, icmp },
    hops,
    end: endOf(scene, hops),
  };
}

/** Taken in: it passed the input hook, or, where rules were not traced, came to a node that has the address. */
function endOf({ recording }: Scene, hops: readonly TracedHop[]): PacketEnd {
  const last = hops.at(-1);
  if (last === undefined) return { kind: 'stopped', node: '', link: null };
  const state = recording.observation.nodes[last.node];
  const dropped = last.rules.some(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const here = last.out === null || last.out === 'lo';
  const took =
    last.hooks.includes('input') ||
    (last.hooks.length === 0 &&
      state !== undefined &&
      last.before !== null &&
      isLocal(state, last.before.destination));
  const foreign = isForOther(recording.observation, last);
  // The outer packet goes on as the packet it carries; an error about it, or a fragment, ends here.
  const own = last.tunnel === null || last.tunnel.carries === 'error' || last.tunnel.carries === 'fragment';
  if (here && took && !dropped && !foreign && last.in !== null && own)
    return { kind: 'delivered', node: last.node, link: last.in };
  return { kind: 'stopped', node: last.node, link: last.out ?? last.in };
}
