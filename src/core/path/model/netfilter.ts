import type { Target } from 'iptables-parser-ts';
import { matchRule } from './match-rule.ts';
import type { Decision } from './packet.ts';
import { queueing } from './queueing.ts';
import type { ChainRules, Line, Ruleset } from './ruleset.ts';
import type { Sighting } from './sighting.ts';
import { isNat, type Translation, translationOf } from './translation.ts';

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export type Passage =
  | {
      kind: 'accept';
      decisions: Decision[];
      translation: Translation | null;
      mark: number | null;
      /** A rule of the table raw has kept conntrack from following it. */
      untracked: boolean;
    }
  | { kind: 'drop' | 'reject' | 'undecided'; decisions: Decision[] };

/** Tables in the order a packet passes them at each hook (netfilter's priorities). */
const tablesAt: Record<Hook, readonly string[]> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
};

/** Chains may call chains so deep, as in the kernel. */
const deepest = 16;

/** Lets a packet pass the chains of a hook, or a part of them: conntrack comes behind the table raw. */
export function passHook(
  rules: Ruleset,
  hook: Hook,
  sighting: Sighting,
  part: 'raw' | 'others' | 'all' = 'all',
): Passage {
  if (rules === null)
    return { kind: 'undecided', decisions: [{ by: 'rule', text: 'iptables-save', place: hook }] };
  const decisions: Decision[] = [];
  let translation: Translation | null = null;
  let seen = sighting;
  let untracked = false;
  for (const table of tablesAt[hook]) {
    if (part !== 'all' && (table === 'raw') !== (part === 'raw')) continue;
    const chains = rules.get(table);
    if (chains === undefined || (table === 'nat' && !seen.natted)) continue;
    const answer = passChain({ chains, table }, hook, seen, 0);
    if (answer.decision !== null) decisions.push(answer.decision);
    if (answer.verdict === 'drop' || answer.verdict === 'reject' || answer.verdict === 'undecided') {
      return { kind: answer.verdict, decisions };
    }
    translation = answer.translation ?? translation;
    untracked ||= answer.untracked;
    seen = {
      ...{ ...seen, mark: answer.mark, headers: translated(seen, answer.translation) },
      ...(untracked ? { state: 'UNTRACKED' as const, natted: false } : {}),
    };
  }
  return { kind: 'accept', decisions, translation, mark: seen.mark, untracked };
}

interface TableRules {
  chains: Map<string, ChainRules>;
  table: string;
}

/** How a chain ended, and the rule or policy that ended it. `return`: its end was reached. */
interface Answer {
  verdict: 'accept' | 'drop' | 'reject' | 'undecided' | 'return';
  decision: Decision | null;
  translation: Translation | null;
  mark: number | null;
  untracked: boolean;
}

function passChain(rules: TableRules, name: string, sighting: Sighting, depth: number): Answer {
  const chain = rules.chains.get(name);
  let { mark } = sighting;
  let untracked = false;
  const answer = (verdict: Answer['verdict'], decision: Decision | null = null): Answer => {
    return { verdict, decision, translation: null, mark, untracked };
  };
  if (chain === undefined || depth > deepest) return answer('undecided', { by: 'rule', text: name });
  for (const line of chain.lines) {
    const held = matchRule(line.rule, { ...sighting, mark });
    const { target } = line.rule;
    if (held === false || target === undefined || passive.has(target.kind)) continue;
    const decision = decided(rules.table, name, line);
    if (held === 'unknown') return answer('undecided', decision);
    if (target.kind === 'MARK') {
      mark = mark === null ? null : ((mark & ~target.xmark.mask) ^ target.xmark.value) >>> 0;
      continue;
    }
    if (target.kind === 'CONNMARK') {
      if (target.restore !== undefined) mark = null;
      continue;
    }
    if (target.kind === 'NOTRACK' || (target.kind === 'CT' && target.notrack !== undefined)) {
      untracked = true;
      continue;
    }
    if (target.kind === 'RETURN') return ending(chain, rules.table, name, answer);
    if (target.kind === 'jump' || target.kind === 'goto') {
      const inner = passChain(rules, target.chain, { ...sighting, mark }, depth + 1);
      untracked ||= inner.untracked;
      if (inner.verdict !== 'return') return { ...inner, untracked };
      mark = inner.mark;
      if (target.kind === 'goto') return ending(chain, rules.table, name, answer);
      continue;
    }
    return { ...answer('accept', decision), ...carriedOut(target, sighting) };
  }
  return ending(chain, rules.table, name, answer);
}

/** Targets after which the next rule is asked, and which change nothing the model looks at. */
const passive: ReadonlySet<string> = new Set(['LOG', 'NFLOG', 'TRACE', 'SET', 'TCPMSS', 'TEE']);

function carriedOut(target: Target, { node }: Sighting): Partial<Answer> {
  if (target.kind === 'ACCEPT') return { verdict: 'accept' };
  if (target.kind === 'DROP') return { verdict: 'drop' };
  if (target.kind === 'REJECT') return { verdict: 'reject' };
  if (target.kind === 'NFQUEUE') return { verdict: queueing(target, node) };
  const translation = isNat(target) ? translationOf(target) : null;
  return translation === null ? { verdict: 'undecided' } : { verdict: 'accept', translation };
}

function ending(
  chain: ChainRules,
  table: string,
  name: string,
  answer: (verdict: Answer['verdict'], decision?: Decision | null) => Answer,
): Answer {
  if (chain.policy === null) return answer('return');
  if (chain.policy === 'ACCEPT') return answer('accept');
  return answer('drop', { by: 'policy', text: `-P ${name} DROP`, place: `${table} ${name}` });
}

function decided(table: string, chain: string, line: Line): Decision {
  return { by: 'rule', text: line.text, place: `${table} ${chain}`, line: line.number };
}

/** The packet's headers as the tables after nat see them at the same hook. */
function translated({ headers }: Sighting, translation: Translation | null): Sighting['headers'] {
  return {
    ...headers,
    destination: translation?.destination ?? headers.destination,
    destinationPort: translation?.destinationPort ?? headers.destinationPort,
  };
}
