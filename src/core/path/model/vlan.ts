import type { Link, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Port } from './port.ts';

/** The VLANs of a frame's tags, the outermost first. */
export type Tags = readonly number[];

interface Refused extends Port {
  reason: 'other-vlan';
  values: Values;
}

const keepsApart = (bridge: Link | null): boolean => bridge?.details.vlan_filtering === '1';

/**
 * A frame as a bridge has it, from a port or from the bridge's own interface: one without a tag is then in the VLAN of
 * the port's PVID. Null: the bridge does not take it (__allowed_ingress).
 */
export function letIn(bridge: Link | null, by: Link, tags: Tags): Tags | null {
  if (!keepsApart(bridge)) return tags;
  const [vlan] = tags;
  const own = by.vlans?.find(({ id, pvid }) => (vlan === undefined ? pvid : id === vlan));
  return own === undefined ? null : vlan === undefined ? [own.id] : tags;
}

/** As it leaves by a port, or goes up to the bridge's own interface. Null: it does not (br_allowed_egress). */
export function letOut(bridge: Link | null, by: Link, tags: Tags): Tags | null {
  if (!keepsApart(bridge)) return tags;
  const [vlan, ...rest] = tags;
  const own = by.vlans?.find(({ id }) => id === vlan);
  return own === undefined ? null : own.untagged ? rest : tags;
}

/** The bridge lets no frame of this VLAN through a port, or through its own interface. `tagged`: who is behind wants the tag. */
export function notInVlan({ node }: Port, bridge: Link, by: Link, tags: Tags, tagged: boolean): Refused {
  const [vlan] = tags;
  const self: Values = by === bridge ? { self: bridge.name } : {};
  const values: Values =
    vlan === undefined
      ? { bare: by.name, ...self }
      : {
          vlan: String(vlan),
          ...self,
          ...(by === bridge ? {} : tagged ? { trunk: by.name } : { access: by.name }),
        };
  return {
    node,
    link: by.name,
    reason: 'other-vlan',
    values: { ...values, port: by.name, bridge: bridge.name },
  };
}

/** VLAN interfaces that lie on a link: they take its frames with their tag, before a bridge does. */
export function vlansOn({ nodes }: Observation, { node, link }: Port): { port: Port; id: number }[] {
  const found: { port: Port; id: number }[] = [];
  for (const name in nodes)
    for (const one of nodes[name]?.links ?? [])
      if (one.kind === 'vlan' && one.lower?.link === link && one.lower.node === node)
        found.push({ port: { node: name, link: one.name }, id: Number(one.details.id) });
  return found;
}

/** A frame with a tag came to a link that has no interface for its VLAN. Null where it has one, or there is no tag. */
export function unclaimed(observation: Observation, at: Port, tags: Tags): Refused | null {
  const [vlan] = tags;
  const on = vlansOn(observation, at);
  if (vlan === undefined || on.some(({ id }) => id === vlan)) return null;
  const [other] = on;
  const values: Values = {
    vlan: String(vlan),
    untaken: at.link,
    ...(other === undefined ? {} : { other: other.port.link, otherVlan: String(other.id) }),
  };
  return { ...at, reason: 'other-vlan', values };
}
