import type { Observation } from '../../state/observation.ts';
import { type Line, rulesetOf } from '../model/ruleset.ts';
import type { Recording, RuleHandle } from './recording.ts';

/** Name of the tracer's own nft table; nothing of it is ever shown. */
export const ownTable = 'hoplab_trace';

type Place = Omit<RuleHandle, 'packets'>;

/** Finds the line of iptables-save that a rule's handle stands for: the same place in the same chain. */
export class RuleBook {
  readonly #observation: Observation;
  readonly #handles = new Map<string, number[]>();
  readonly #lines = new Map<string, Line[]>();

  constructor({ observation, handles }: Pick<Recording, 'observation' | 'handles'>) {
    this.#observation = observation;
    for (const one of handles) {
      const key = keyOf(one);
      this.#handles.set(key, [...(this.#handles.get(key) ?? []), one.handle]);
    }
  }

  /** Null where the chain is not iptables' own, or changed between the two looks. */
  lineOf(rule: Place): Line | null {
    const key = keyOf(rule);
    const handles = this.#handles.get(key) ?? [];
    const lines = this.#lines.get(key) ?? this.#read(rule);
    this.#lines.set(key, lines);
    const place = handles.indexOf(rule.handle);
    return handles.length === lines.length ? (lines[place] ?? null) : null;
  }

  #read({ node, family, table, chain }: Place): Line[] {
    const state = this.#observation.nodes[node];
    if (state === undefined || (family !== 'ip' && family !== 'ip6')) return [];
    const rules = rulesetOf(state, family === 'ip' ? 'ipv4' : 'ipv6');
    return rules?.get(table)?.get(chain)?.lines ?? [];
  }
}

const keyOf = ({ node, family, table, chain }: Place): string => [node, family, table, chain].join(' ');
