import { addressOf, type Place } from './place.ts';
import type { Random } from './random.ts';

/** A tunnel between two nodes. */
export interface Overlay {
  ends: [number, number];
  lines: string[];
}

export const overlayPort = 4789;

export const overlayAddress = (node: number): string => `10.99.0.${node + 1}`;

/** A VXLAN link in each of two nodes. No node asks for MAC addresses in it: rules would count that. */
export function overlayOf(places: Place[], count: number, random: Random): Overlay {
  const one = random.below(count);
  const other = (one + 1 + random.below(count - 1)) % count;
  const id = 1 + random.below(1000);
  const end = (node: number, far: number) => {
    const [local, remote] = [addressIn(places, node), addressIn(places, far)];
    const ip = `ip -n n${node}`;
    const wrong = random.chance(0.1) ? 1 : 0;
    return [
      `${ip} link add name vx address ${mac(node)} type vxlan id ${id + wrong} local ${local} remote ${remote} dstport ${overlayPort}`,
      `ip netns exec n${node} sysctl -qw net.ipv6.conf.vx.disable_ipv6=1`,
      `${ip} addr add ${overlayAddress(node)}/24 dev vx; ${ip} link set vx up`,
      `${ip} neigh add ${overlayAddress(far)} lladdr ${mac(far)} dev vx nud permanent`,
    ];
  };
  return { ends: [one, other], lines: [...end(one, other), ...end(other, one)] };
}

const mac = (node: number): string => `02:00:00:99:00:0${node + 1}`;

function addressIn(places: Place[], node: number): string {
  const place = places.find((each) => each.node === node);
  return place === undefined ? '' : addressOf(place, 4);
}
