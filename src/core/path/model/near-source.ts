import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { nearMiss, sourceNat } from './near-miss.ts';
import type { Journey } from './packet.ts';
import { rulesetOf } from './ruleset.ts';

/**
 * A router's rule that would have given the packet another source, but for one condition: POSTROUTING sees the
 * destination as NAT has left it, and the source as it was.
 */
export function nearlyTranslated({ nodes }: Observation, { hops }: Journey): Values {
  for (const { node: name, in: link, out, before, after } of hops.toReversed()) {
    const node = nodes[name];
    if (node === undefined || link === null || out === null || before.source !== after.source) continue;
    const rules = rulesetOf(node, after.destination.includes(':') ? 'ipv6' : 'ipv4');
    const seen = { node, headers: after, in: null, out, mark: 0, original: before, translated: after };
    const first = { ...seen, state: 'NEW' as const, natted: true, answer: false };
    const near = nearMiss(rules, 'nat', 'POSTROUTING', first, sourceNat);
    if (near !== null) return { ...near, translator: name };
  }
  return {};
}
