import { isNative } from '../../state/nft.ts';
import type { Observation } from '../../state/observation.ts';
import { type Line, rulesetOf } from '../model/ruleset.ts';
import { nftChains, rulesListed } from './nft-text.ts';
import type { Recording, RuleHandle } from './recording.ts';

/** Name of the tracer's own nft table, which no output contains. */
export const ownTable = 'hoplab_trace';

type Place = Omit<RuleHandle, 'packets'>;

/** Finds the line of iptables-save that a rule's handle stands for: the same place in the same chain. */
export class RuleBook {
  readonly #observation: Observation;
  readonly #handles = new Map<string, number[]>();
  readonly #texts = new Map<string, string>();
  readonly #lines = new Map<string, Line[]>();

  constructor({ observation, handles, nft }: Pick<Recording, 'observation' | 'handles' | 'nft'>) {
    this.#observation = observation;
    for (const [node, text] of Object.entries(nft)) {
      for (const { family, table, chain, rules } of nftChains(text)) {
        for (const { handle, text: rule } of rules)
          this.#texts.set([node, family, table, chain, handle].join(' '), rule);
      }
    }
    for (const one of handles) {
      const key = keyOf(one);
      this.#handles.set(key, [...(this.#handles.get(key) ?? []), one.handle]);
    }
  }

  /** Null where the rule or its chain is not iptables' own, or the chain changed between the two looks. */
  lineOf(rule: Place): Line | null {
    // iptables-save prints a rule of nft in a table of iptables as another one, for example without its set.
    const text = this.textOf(rule);
    if (text !== null && isNative(text)) return null;
    const key = keyOf(rule);
    const handles = this.#handles.get(key) ?? [];
    const lines = this.#lines.get(key) ?? this.#read(rule);
    this.#lines.set(key, lines);
    const place = handles.indexOf(rule.handle);
    return handles.length === lines.length ? (lines[place] ?? null) : null;
  }

  /** A rule as nft prints it; null where nft shows none of this handle any more. */
  textOf(rule: Place): string | null {
    return this.#texts.get(`${keyOf(rule)} ${rule.handle}`) ?? this.#listed(rule);
  }

  /** Read before the probe, without handles: the same place in the same chain. */
  #listed({ node, family, table, chain, handle }: Place): string | null {
    const handles = this.#handles.get([node, family, table, chain].join(' ')) ?? [];
    const tables = this.#observation.nodes[node]?.nft ?? [];
    const listing = tables.find((one) => one.family === family && one.name === table && one.native);
    const rules = listing === undefined ? [] : rulesListed(listing.text, chain);
    return handles.length === rules.length ? (rules[handles.indexOf(handle)] ?? null) : null;
  }

  #read({ node, family, table, chain }: Place): Line[] {
    const state = this.#observation.nodes[node];
    if (state === undefined || (family !== 'ip' && family !== 'ip6')) return [];
    const rules = rulesetOf(state, family === 'ip' ? 'ipv4' : 'ipv6');
    return rules?.get(table)?.get(chain)?.lines ?? [];
  }
}

const keyOf = ({ node, family, table, chain }: Place): string => [node, family, table, chain].join(' ');
