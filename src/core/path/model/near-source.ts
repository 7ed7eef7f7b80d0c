import type { Rule } from 'iptables-parser-ts';
import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { matchRule } from './match-rule.ts';
import { nearMiss, sourceNat } from './near-miss.ts';
import type { Journey } from './packet.ts';
import { rulesetOf } from './ruleset.ts';

/**
 * A router's rule that would have given the packet another source, but for one condition: POSTROUTING sees the
 * destination as NAT has left it, and the source as it was.
 */
export function nearlyTranslated({ nodes }: Observation, { hops }: Journey): Values {
  // A rule for a network that nobody is in is meant for another one: `-s 192.168.51.0/24` for 192.168.15.0/24.
  const addresses = Object.values(nodes).flatMap(({ links }) =>
    links.flatMap((link) => link.addresses.map(({ address }) => address)),
  );
  for (const { node: name, in: link, out, before, after } of hops.toReversed()) {
    const node = nodes[name];
    if (node === undefined || link === null || out === null || before.source !== after.source) continue;
    const rules = rulesetOf(node, after.destination.includes(':') ? 'ipv6' : 'ipv4');
    const seen = { node, headers: after, in: null, out, mark: 0, original: before, translated: after };
    const first = { ...seen, state: 'NEW' as const, natted: true, answer: false };
    const isOf = (rule: Rule) => (source: string) =>
      matchRule(rule, { ...first, headers: { ...after, source } }) !== false;
    const about = (rule: Rule) => rule.source === undefined || addresses.some(isOf(rule));
    const near = nearMiss(rules, 'nat', 'POSTROUTING', first, sourceNat, about);
    if (near !== null) return { ...near, translator: name };
  }
  return {};
}
