import {
  equivalent,
  normalize,
  ParseError,
  parseRule,
  parseSave,
  type Rule,
  serializeRule,
} from 'iptables-parser-ts';
import type { Probe, ProbeOutcome } from '../../../probe/probe.ts';
import type { NodeState } from '../../../state/observation.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
  unchecked,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A rule that means the same to the kernel is in the node's tables; text and order of options do not matter. */
export function judgeRule({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { on, like, absent } = args;
  const values = { rule: like, table: '', chain: '', near: '', absent: absent ? 'yes' : '', expected: like };
  const frame: Frame = { node: on, object: like, expected: absent ? '-' : like, values, evidence: [] };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const wanted = asRule(like);
  if (wanted === null) return unchecked(frame, 'tool-failed', '-', { tool: like });
  const { table, chain, family } = wanted;
  const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
  const option = table === 'filter' ? '' : ` -t ${table}`;
  frame.values = { ...values, table, chain, add: `${tool}${option} ${spec(wanted)}` };
  const rules = rulesOf(node, family ?? 'ipv4');
  const command = `${promptOf(observation, on).exec}${tool}-save -t ${table}`;
  if (rules === null) return unchecked(frame, 'tool-failed', '-', { tool: command });
  const specs = rules.filter((one) => one.table === table).map(spec);
  frame.evidence = [{ on, command, output: specs.join('\n') }];
  const saved = asSaved(wanted, outcomes[0]);
  if (saved === null)
    return unchecked(frame, 'tool-failed', '-', { tool: outcomes[0]?.evidence.command ?? like });
  const found = rules.find((one) => equivalent(bare(one), bare(saved)));
  if (found !== undefined) {
    return absent
      ? fail(frame, 'rule-present', placed(found), {
          delete: `${tool}${option} ${spec(found).replace(/^-A/, '-D')}`,
        })
      : pass(frame, placed(found));
  }
  if (absent) return pass(frame, '-');
  const near = nearest(wanted, rules);
  return fail(frame, 'rule-missing', near === null ? '-' : placed(near), {
    ...(near === null ? {} : { near: placed(near) }),
    ...(isDockers(chain) ? { engine: on } : {}),
  });
}

/** Chains that Docker fills by its containers (libnetwork/iptables): what is typed there is not what a lab is about. */
const isDockers = (chain: string): boolean => /^DOCKER(-(?!USER)|$)/.test(chain);

/** A rule with an extension whose words are not known here: only the kernel can print them. */
export function textProbes(on: string, like: string): Probe[] {
  const wanted = asRule(like);
  if (wanted === null || !hasUnknown(wanted)) return [];
  const { table, chain, family } = wanted;
  const tool = family === 'ipv6' ? ('ip6tables' as const) : ('iptables' as const);
  const own = /^(PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/.test(chain) ? null : chain;
  return [{ kind: 'rule-text', from: on, tool, table, own, line: spec(wanted) }];
}

/** Extensions of a rule that are not known here; null where it is no rule at all. */
export function unknownWords(like: string): string[] | null {
  const rule = asRule(like);
  if (rule === null) return null;
  const { matches, target } = rule;
  return [...matches, ...(target === undefined || target === null ? [] : [target])].flatMap((one) =>
    one.kind === 'unknown' ? [one.name] : [],
  );
}

function hasUnknown({ matches, target }: Rule): boolean {
  return target?.kind === 'unknown' || matches.some(({ kind }) => kind === 'unknown');
}

/** The rule in iptables-save's own words; null where the kernel could not be asked. */
function asSaved(wanted: Rule, outcome: ProbeOutcome | null | undefined): Rule | null {
  if (!hasUnknown(wanted)) return wanted;
  const { table, family } = wanted;
  const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
  return outcome?.body == null ? null : asRule(`${tool} -t ${table} ${outcome.body}`);
}

/** Whether two rules, each as iptables-save or a person writes it, mean the same in the table nat. */
export function sameRule(saved: string, like: string): boolean {
  const [one, other] = [asRule(`-t nat ${saved}`), asRule(like)];
  return one !== null && other !== null && equivalent(bare(one), bare(other));
}

/** The rule a lab asks for, typed as `iptables ...` or beginning with its first option. */
function asRule(like: string): Rule | null {
  try {
    return parseRule(/^\s*-/.test(like) ? `iptables ${like.trim()}` : like);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function rulesOf(node: NodeState, family: 'ipv4' | 'ipv6'): Rule[] | null {
  try {
    return parseSave(node.rules[family], { family }).tables.flatMap((table) => table.rules);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/**
 * The rule most likely meant: the same in another chain or table, else one in the same chain that does the
 * same to other packets.
 */
function nearest(wanted: Rule, rules: Rule[]): Rule | null {
  const moved = rules.find((one) =>
    equivalent({ ...bare(one), table: wanted.table, chain: wanted.chain }, bare(wanted)),
  );
  const inChain = rules.filter((one) => one.table === wanted.table && one.chain === wanted.chain);
  const same = inChain.filter((one) => one.target?.kind === wanted.target?.kind);
  const [closest] = same.toSorted((one, other) => difference(one, wanted) - difference(other, wanted));
  return moved ?? closest ?? null;
}

/** Words that only one of two rules has. */
function difference(one: Rule, other: Rule): number {
  const [words, others] = [spec(one).split(' '), spec(other).split(' ')];
  const only = (these: string[], those: string[]) => these.filter((word) => !those.includes(word)).length;
  return only(words, others) + only(others, words);
}

/** The rule without its comment and the way it was entered, which do not change its effect. */
function bare(rule: Rule): Rule {
  return {
    ...rule,
    command: { kind: 'append' },
    matches: rule.matches.filter((match) => match.kind !== 'comment'),
  };
}

/** `-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE`. */
function spec(rule: Rule): string {
  return serializeRule(normalize(bare(rule))).trim();
}

function placed(rule: Rule): string {
  return rule.table === 'filter' ? spec(rule) : `-t ${rule.table} ${spec(rule)}`;
}
