import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { matchRule } from './match-rule.ts';
import { destinationNat, linesAt } from './near-miss.ts';
import type { Headers } from './packet.ts';
import { isLoopback } from './routing.ts';
import { rulesetOf } from './ruleset.ts';
import type { Sighting } from './sighting.ts';

/**
 * A rule that would send the packet to another place, if this kind of packet came to its chain: what a node makes
 * itself passes OUTPUT, what arrives passes PREROUTING. `moved`: the rule for the other chain, as iptables takes it;
 * for this address only, since what a node sends goes to servers elsewhere too.
 */
export function atOtherHook(node: NodeState, headers: Headers, link: string | null): Values {
  const made = link === null || node.links.some(({ name, kind }) => name === link && kind === 'loopback');
  const [own, other] = made ? (['OUTPUT', 'PREROUTING'] as const) : (['PREROUTING', 'OUTPUT'] as const);
  const chains = rulesetOf(node, headers.destination.includes(':') ? 'ipv6' : 'ipv4')?.get('nat');
  if (chains === undefined) return {};
  const seen: Sighting = {
    ...{ node, headers, in: made ? null : link, out: null, mark: 0, state: 'NEW', natted: true },
    ...{ original: headers, translated: headers, answer: false },
  };
  const found = linesAt(chains, other, seen, new Set()).find(
    ({ rule, stopper }) =>
      stopper === null &&
      rule.target !== undefined &&
      destinationNat.includes(rule.target.kind) &&
      matchRule(rule, seen) === true,
  );
  if (found === undefined) return {};
  const [, rest = ''] = /^-A \S+ (.*)$/.exec(found.text) ?? [];
  const anyLink = rest.replace(/! -[io] \S+ /, '');
  const to = / -d /.test(` ${anyLink}`) ? '' : `-d ${headers.destination} `;
  // A packet to a loopback address does not leave by a rule alone.
  const moved = isLoopback(headers.destination) ? {} : { moved: `${own} ${to}${anyLink}`, rightChain: own };
  return { [made ? 'forArrivals' : 'forOwn']: found.text, ...moved };
}
