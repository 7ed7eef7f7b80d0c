import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { linkOf, type Port } from './segment.ts';

/** Bytes that a VXLAN frame has on the wire below, besides its own packet: Ethernet, VXLAN, UDP and IP. */
const vxlanBytes = { ipv4: 50, ipv6: 70 };

/** Kinds whose MTU the kernel keeps within that of the interface below. */
const within = ['vlan', 'macvlan', 'macvtap', 'ipvlan', 'ipvtap'];

/** The interface below that has to take longer packets first: the kernel refuses an MTU that does not fit into its own. */
export function below(observation: Observation, port: Port, bytes: number): Values {
  const link = linkOf(observation, port);
  const lower = link?.lower == null ? null : linkOf(observation, link.lower);
  if (link?.lower == null || lower === null) return {};
  const six = [link.details.local, link.details.remote].some((end) => end?.includes(':') === true);
  const more =
    link.kind === 'vxlan' ? vxlanBytes[six ? 'ipv6' : 'ipv4'] : within.includes(link.kind) ? 0 : null;
  if (more === null || lower.mtu >= bytes + more) return {};
  return { belowNode: link.lower.node, belowLink: lower.name, belowMtu: String(bytes + more) };
}
