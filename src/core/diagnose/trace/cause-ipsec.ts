import type { Finding } from '../../path/model/finding.ts';
import { ipsecRefusal } from '../../path/model/ipsec.ts';
import { lookup } from '../../path/model/routing.ts';
import type { Place } from './place.ts';

/**
 * A policy of IPsec, at the place where the kernel asked it: on the way out behind the route, in front of FORWARD, behind
 * INPUT.
 */
export function ipsecCause(place: Place): Finding | null {
  const { hop, headers, observation, state, direction, upper } = place;
  const passed = (hook: string) => hop.hooks.includes(hook);
  if (hop.layer === 'bridge' || hop.out !== null || passed('forward') || passed('postrouting')) return null;
  const asked = { observation, node: hop.node, state, headers };
  const out = () => ipsecRefusal(asked, 'out', lookup(state, headers.destination)?.dev ?? '');
  if (passed('input')) return ipsecAtTaker(place);
  const found = hop.in === null ? out() : (ipsecRefusal(asked, 'fwd', upper ?? hop.in) ?? out());
  return found === null ? null : { ...found, values: { ...found.values, direction } };
}

/** Behind INPUT, in front of the sockets. */
export function ipsecAtTaker({ hop, headers, observation, state, direction, upper }: Place): Finding | null {
  if (hop.in === null) return null;
  const asked = { observation, node: hop.node, state, headers };
  const found = ipsecRefusal(asked, 'in', upper ?? hop.in);
  return found === null ? null : { ...found, values: { ...found.values, direction } };
}
