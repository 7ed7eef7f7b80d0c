import type { Link, NodeState } from '../state/observation.ts';
import { after, type Effect } from './effect.ts';
import { withLink } from './state.ts';

/** `bridge vlan add|del dev NAME vid ID [pvid] [untagged] [self]`: of a bridge's port, or with `self` of the bridge. */
export function vlan(state: NodeState, link: Link, verb: string, words: readonly string[]): Effect {
  const id = Number(after(words, 'vid'));
  const vlans = link.vlans ?? [];
  const others = vlans.filter((one) => one.id !== id);
  if (link.master === null && !words.includes('self')) return 'refused';
  if (verb === 'del')
    return others.length === vlans.length ? 'refused' : withLink(state, { ...link, vlans: others });
  if (verb !== 'add') return 'unknown';
  const pvid = words.includes('pvid');
  // One of a port's VLANs is that of frames without a tag.
  const rest = pvid ? others.map((one) => ({ ...one, pvid: false })) : others;
  const made = { id, pvid, untagged: words.includes('untagged') };
  return withLink(state, { ...link, vlans: [...rest, made].sort((one, other) => one.id - other.id) });
}
