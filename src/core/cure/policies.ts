import type { PolicyRule } from '../state/observation.ts';
import { after, type Tool } from './effect.ts';

type Family = 'ipv4' | 'ipv6';

/** `ip rule add SELECTOR ACTION`, `ip rule del prio NUMBER`, of one family. */
export const ipRule =
  (family: Family): Tool =>
  ({ state }, [verb, ...words]) => {
    const mine = state.policies.filter((one) => one.family === family);
    if (verb === 'add') {
      const made = policyOf(family, words, mine);
      const twice = mine.some(
        (one) => JSON.stringify({ ...one, text: '' }) === JSON.stringify({ ...made, text: '' }),
      );
      if (twice) return 'refused';
      const policies = [...state.policies, made].sort((one, other) => one.priority - other.priority);
      return { ...state, policies };
    }
    const priority = after(words, 'prio') ?? after(words, 'priority');
    if (verb !== 'del' || priority === undefined) return 'unknown';
    const gone = mine.find((one) => one.priority === Number(priority));
    return gone === undefined
      ? 'refused'
      : { ...state, policies: state.policies.filter((one) => one !== gone) };
  };

/** Without a priority the kernel takes the number before the first rule but the one of table local. */
function policyOf(family: Family, words: readonly string[], mine: readonly PolicyRule[]): PolicyRule {
  const word = (...names: string[]) =>
    names.map((name) => after(words, name)).find((one) => one !== undefined);
  const prefix = (name: string) => {
    const text = word(name);
    return text === undefined || text === 'all' ? null : text;
  };
  const [value, mask] = word('fwmark')?.split('/') ?? [];
  const refused = (['prohibit', 'unreachable', 'blackhole'] as const).find((type) => words.includes(type));
  const first = mine.map(({ priority }) => priority).filter((one) => one > 0);
  return {
    ...{ family, negated: words.includes('not'), from: prefix('from'), to: prefix('to') },
    priority: Number(word('priority', 'prio', 'pref') ?? Math.min(...first) - 1),
    ...{ iif: word('iif') ?? null, oif: word('oif') ?? null, tos: null, protocol: null },
    mark: value === undefined ? null : { value: Number(value), mask: Number(mask ?? 0xffffffff) },
    ...{ sourcePorts: null, destinationPorts: null, other: false },
    action:
      refused === undefined
        ? { kind: 'table', table: word('lookup', 'table') ?? 'main', suppressPrefix: null }
        : { kind: 'refuse', type: refused },
    text: words.join(' '),
  };
}
