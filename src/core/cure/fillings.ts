import type { Line } from '../lab/lab.ts';
import { networkOfOwner } from '../path/model/missing-route.ts';
import type { Packet } from '../path/model/packet.ts';
import { ownersOf } from '../path/model/routing.ts';
import { flood, linkOf } from '../path/model/segment.ts';
import { holds, parseIp, sameAddress } from '../state/ip.ts';
import type { Address, Link, NodeState, Observation } from '../state/observation.ts';
import { placeOf } from './apply-line.ts';
import { freeAddress, freeMac } from './free.ts';

/** The node of a line, and the packet that it is to help. */
interface Place {
  observation: Observation;
  node: string;
  state: NodeState;
  packet: Packet;
}

/** A word in capitals, and the texts of the state that may take its place; the likeliest first. */
interface Filling {
  word: RegExp;
  texts: (place: Place, match: RegExpExecArray) => string[];
}

/** As many texts as are tried for one word. */
const most = 16;

const fillings: readonly Filling[] = [
  // Of an address that goes to another interface, and comes back in the next line.
  {
    word: /(?<=addr del )ADDRESS\/LENGTH(?= dev (\S+))/,
    texts: ({ state, packet }, [, dev]) =>
      globals(
        state.links.find(({ name }) => name === dev),
        packet,
      ).map(({ address, prefix }) => `${address}/${prefix}`),
  },
  { word: /(?<=addr del (\S+))\/LENGTH dev LINK/, texts: ownedOn },
  {
    word: /(?<=addr add (?!ADDRESS)(\S+) dev )LINK/,
    texts: (place, [, own = '']) =>
      wires(place)
        .filter(({ near }) => near.some(({ address }) => holds(own, address)))
        .map(({ link }) => link.name),
  },
  {
    word: /(?<=addr add )ADDRESS\/LENGTH dev (\S+)/,
    texts: (place, [, dev = '']) =>
      wires(place)
        .filter(({ link }) => dev === 'LINK' || link.name === dev)
        .flatMap(({ link, near }) =>
          near.flatMap((one) => {
            const free = freeAddress(place.observation, one, place.packet.to);
            return free === null ? [] : [`${free}/${one.prefix} dev ${link.name}`];
          }),
        ),
  },
  {
    word: /(?<=route add (\S+) dev )LINK/,
    texts: (place, [, to = '']) =>
      wires(place)
        .filter(({ near }) => near.some(({ address }) => sameAddress(address, to)))
        .map(({ link }) => link.name),
  },
  {
    word: /\bNETWORK\/LENGTH(?= via )/,
    texts: ({ observation, packet }) => [networkOfOwner(observation, packet.to) || packet.to],
  },
  {
    word: /(?<=link set dev (\S+) address )MAC\b/,
    texts: ({ observation, state }, [, dev]) =>
      freeMac(observation, state.links.find(({ name }) => name === dev)?.mac ?? ''),
  },
  { word: /(?<=fdb append \S+ dev (\S+) dst )ADDRESS\b/, texts: otherEnds },
  {
    word: /(?<=link set dev )OTHER-END(?= up)/,
    texts: ({ state }) =>
      state.links.filter(({ up, master }) => !up && master !== null).map(({ name }) => name),
  },
];

/**
 * These lines with values of the state in place of their words in capitals, once for each value; none where the state
 * has no value. A gateway is looked for elsewhere (gateways.ts).
 */
export function withValues<L extends Line>(
  observation: Observation,
  packet: Packet,
  lines: readonly L[],
): L[][] {
  for (const { word, texts } of fillings) {
    const line = lines.find(({ run }) => word.test(run));
    const match = line === undefined ? null : word.exec(line.run);
    if (line === undefined || match === null) continue;
    const [node] = placeOf(line.on, line.run.split(' '));
    const state = observation.nodes[node];
    if (state === undefined) return [];
    const blank = match[0];
    return [...new Set(texts({ observation, node, state, packet }, match))]
      .slice(0, most)
      .map((text) => lines.map((one) => ({ ...one, run: one.run.replace(blank, text) })));
  }
  return [];
}

const familyOf = ({ to }: Packet): 'ipv4' | 'ipv6' => (to.includes(':') ? 'ipv6' : 'ipv4');

function globals(link: Link | null | undefined, packet: Packet): Address[] {
  const own = link?.addresses ?? [];
  return own.filter(({ family, scope }) => family === familyOf(packet) && scope === 'global');
}

/** The interfaces of a node, each with the addresses of other nodes on its wire. */
function wires({ observation, node, state, packet }: Place): { link: Link; near: Address[] }[] {
  return state.links
    .filter(({ kind, master }) => kind !== 'loopback' && master === null)
    .map((link) => {
      const { receivers } = flood(observation, { node, link: link.name }, true);
      const others = receivers.filter((port) => port.node !== node);
      return { link, near: others.flatMap((port) => globals(linkOf(observation, port), packet)) };
    });
}

function ownedOn({ state }: Place, [, address = '']: RegExpExecArray): string[] {
  if (parseIp(address) === null) return [];
  return state.links.flatMap(({ name, addresses }) =>
    addresses
      .filter((one) => sameAddress(one.address, address))
      .map(({ prefix }) => `/${prefix} dev ${name}`),
  );
}

/** The addresses from which the other ends of a VXLAN send. */
function otherEnds({ observation, node, state }: Place, [, dev]: RegExpExecArray): string[] {
  const own = state.links.find(({ name }) => name === dev);
  return Object.entries(observation.nodes).flatMap(([name, { links }]) =>
    links
      .filter(({ kind, details }) => name !== node && kind === 'vxlan' && details.id === own?.details.id)
      .map(({ details }) => details.local ?? '')
      .filter((local) => ownersOf(observation, local).length > 0),
  );
}
