import type { Lab } from '../lab/lab.ts';
import { holds } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import type { Values, Verdict } from '../verdict/verdict.ts';

/**
 * The address that a link has in place of the one it lacks: the only other one of its network, and one that the lab
 * gives to no node. To add the right one beside it would make it the secondary of a wrong one.
 */
export function mistypedAddress(lab: Lab, { nodes }: Observation, { reason, node, values }: Verdict): Values {
  const { link = '', address = '', instead } = values;
  if (reason !== 'no-address' || instead !== undefined || node === null) return {};
  const [wanted = ''] = address.split('/');
  const own = nodes[node]?.links.find(({ name }) => name === link)?.addresses ?? [];
  const strange = own.filter(
    (one) =>
      one.scope === 'global' &&
      holds(`${wanted}/${one.prefix}`, one.address) &&
      !addressesOf(lab).has(one.address),
  );
  const [only] = strange;
  return only === undefined || strange.length > 1 ? {} : { instead: `${only.address}/${only.prefix}` };
}

/** Everything in the lab's topology and in the lines of its solutions that may be an address. */
function addressesOf({ topology, steps }: Lab): Set<string> {
  const text = JSON.stringify([topology, steps.map(({ solution }) => solution)]);
  return new Set(text.match(/[\da-f]*[.:][\da-f.:]*[\da-f]/gi));
}
