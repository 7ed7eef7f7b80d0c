import { type AnyExtension, matchExtensions, targetExtensions } from './extensions.ts';
import type { Family } from './family.ts';
import type { Negatable } from './grammar.ts';
import { oneMatch, oneTarget } from './one-form.ts';
import { normalProtocol } from './rule-reader.ts';
import { printMatch } from './stringify-rule.ts';
import type { Match, Rule, Target } from './tree.ts';
import { isEverywhere, normalNetwork } from './values/address.ts';

/**
 * The rule in the one form all rules have that the kernel treats alike: an appended rule without counters, every
 * value as iptables-save prints it, defaults filled in, and matches that only look at the packet in a fixed order.
 * A new tree; the given one is not changed. The README lists the rules of this form.
 */
export function normalize(rule: Rule): Rule {
  const kernel = kernelForm(rule);
  const normal = { ...kernel, matches: sortMatches(kernel.matches.map(oneMatch)) };
  return kernel.target ? { ...normal, target: oneTarget(kernel.target) } : normal;
}

/** The rule as iptables-save would print it after loading: the normal form, but with the matches in their order. */
export function kernelForm(rule: Rule): Rule {
  const family = rule.family ?? familyOfRule(rule) ?? 'ipv4';
  const normal: Rule = {
    table: rule.table,
    chain: rule.chain,
    command: { kind: 'append' },
    family,
    ...headerOf(rule),
    matches: rule.matches.map((match) => normalNode(matchExtensions.get(match.kind), match, family)),
    raws: {},
  };
  if (rule.target) normal.target = normalNode(targetExtensions.get(rule.target.kind), rule.target, family);
  return normal;
}

/** The family that a rule's own words imply. */
export function familyOfRule(rule: Rule): Family | undefined {
  if (rule.family) return rule.family;
  if (rule.matches.some((m) => m.kind === 'icmp6' || m.kind === 'hl')) return 'ipv6';
  if (rule.target?.kind === 'REJECT' && rule.target.with?.startsWith('icmp6-')) return 'ipv6';
  if (rule.target?.kind === 'REJECT' && rule.target.with?.startsWith('icmp-')) return 'ipv4';
  if (rule.fragment || rule.matches.some((m) => m.kind === 'icmp' || m.kind === 'ttl')) return 'ipv4';
  return undefined;
}

function headerOf(rule: Rule): Partial<Rule> {
  const header: Partial<Rule> = {};
  for (const key of ['source', 'destination'] as const) {
    const address = rule[key];
    if (address === undefined) continue;
    const value = address.value.split(',').map(normalNetwork).join(',');
    if (address.negated || !isEverywhere(value)) header[key] = { negated: address.negated, value };
  }
  for (const key of ['inInterface', 'outInterface'] as const) {
    const name = rule[key];
    if (name && (name.negated || name.value !== '+')) header[key] = { ...name };
  }
  const protocol = rule.protocol && normalProtocol(rule.protocol.value);
  if (rule.protocol && protocol !== undefined)
    header.protocol = { negated: rule.protocol.negated, value: protocol };
  if (rule.fragment) header.fragment = { ...rule.fragment };
  return header;
}

function normalNode<T extends Match | Target>(
  extension: AnyExtension | undefined,
  node: T,
  family: Family,
): T {
  if (extension === undefined) return structuredCopy(node);
  const fields: Record<string, unknown> = {};
  for (const [key, { negatable, value }] of extension.entries) {
    const field = (node as unknown as Record<string, unknown>)[key];
    if (field === undefined) continue;
    const normal = (v: unknown): unknown => (value.normal ? value.normal(v, family) : v);
    if (negatable) {
      const { negated, value: inner } = field as Negatable<unknown>;
      fields[key] = { negated, value: normal(inner) };
    } else {
      fields[key] = normal(field);
    }
  }
  return {
    kind: node.kind,
    ...(extension.traits.tidy ? extension.traits.tidy(fields, family) : fields),
  } as T;
}

function structuredCopy<T extends Match | Target>(node: T): T {
  return 'words' in node ? { ...node, words: [...node.words] } : { ...node };
}

/**
 * Matches that only look at the packet may stand in any order; they are sorted between the ones that change
 * something when asked (limit, recent, counters...) or that this package does not know, which stay in place.
 */
function sortMatches(matches: readonly Match[]): Match[] {
  const sorted: Match[] = [];
  let run: Match[] = [];
  const flush = (): void => {
    sorted.push(
      ...run
        .map((match) => ({ match, text: printMatch(match) }))
        .sort(byText)
        .map(({ match }) => match),
    );
    run = [];
  };
  for (const match of matches) {
    if (match.kind === 'unknown' || matchExtensions.get(match.kind)?.traits.stateful === true) {
      flush();
      sorted.push(match);
    } else {
      run.push(match);
    }
  }
  flush();
  return sorted;
}

const byText = (a: { text: string }, b: { text: string }): number =>
  a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
