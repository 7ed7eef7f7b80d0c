import { parseRule, type Rule, serializeRule, type Target } from 'iptables-parser-ts';
import { misspelt } from '../../text/nearest.ts';
import type { Values } from '../../verdict/verdict.ts';
import { matchRule } from './match-rule.ts';
import type { Hook } from './netfilter.ts';
import type { ChainRules, Line, Ruleset } from './ruleset.ts';
import type { Sighting } from './sighting.ts';

type Wanted = Target['kind'];
export const destinationNat: readonly Wanted[] = ['DNAT', 'REDIRECT'];
export const sourceNat: readonly Wanted[] = ['SNAT', 'MASQUERADE'];
const deciding: readonly Wanted[] = [...destinationNat, ...sourceNat, 'ACCEPT', 'DROP', 'REJECT'];

const parts = ['protocol', 'source', 'destination', 'inInterface', 'outInterface'] as const;

/**
 * Of the rules with one of these targets that the packet comes to at a hook, the one that would have decided about it
 * but for one condition: of several the one that says most of this packet, for Docker has rules of the same form.
 * @param seen the packet as NAT has left it there.
 * @param about whether a single condition is about packets that there can be.
 */
export function nearMiss(
  rules: Ruleset,
  table: 'nat' | 'filter',
  hook: Hook,
  seen: Sighting,
  wanted: readonly Wanted[],
  about: (condition: Rule) => boolean = () => true,
): Values | null {
  const chains = rules?.get(table);
  if (chains === undefined) return null;
  let best: { fits: number; values: Values } | null = null;
  for (const { rule, text, number, stopper } of linesAt(chains, hook, seen, new Set())) {
    if (rule.target === undefined) continue;
    // No rule behind the one that decides is asked.
    if (deciding.includes(rule.target.kind) && matchRule(rule, seen) === true) {
      if (stopper === null) break;
      // It would have, if the packet came to it.
      return wanted.includes(rule.target.kind) ? { unreached: text, stopper } : (best?.values ?? null);
    }
    if (stopper !== null) continue;
    if (!wanted.includes(rule.target.kind)) continue;
    const conditions = conditionsOf(rule);
    const failing = conditions.filter((one) => matchRule(one, seen) === false);
    const missing = portOfOther(failing, seen) ? failing.slice(0, 1) : failing;
    // What a rule counts (`limit`, `quota`, `recent`) no state shows; but the packet came past this one.
    const counted = missing.length > 0 ? [] : conditions.filter((one) => matchRule(one, seen) === 'unknown');
    const [only, ...more] = [...missing, ...counted];
    if (only === undefined || more.length > 0 || only.matches.some(isState)) continue;
    // A rule with a single condition is about other packets, unless NAT has changed this one in front of it.
    const sent = matchRule(only, { ...seen, headers: seen.original }) !== false;
    const misnamed = misnamedIn(only, seen);
    if (conditions.length === 1 && !sent && about(only) && misnamed === null) continue;
    // A rule with the name of no interface is for no other packet.
    const says = conditions.filter((one) => one !== only && !written(one).startsWith('!')).length;
    const fits = misnamed === null ? says : says + many;
    if (best !== null && best.fits >= fits) continue;
    const correction = corrected(text, number, only, seen);
    const named = misnamed === null ? {} : { ...misnamed, renamed: renamed(correction, misnamed) };
    const values = { nearly: text, condition: written(only), ...correction, ...named };
    best = { fits, values };
  }
  return best?.values ?? null;
}

/**
 * A rule that would accept the packet, in the chain for what the node takes in where this one passes through, or the
 * other way round.
 */
export function acceptedElsewhere(rules: Ruleset, hook: Hook, seen: Sighting): Values {
  const other = ({ INPUT: 'FORWARD', FORWARD: 'INPUT' } as const)[hook as 'INPUT' | 'FORWARD'];
  const chains = rules?.get('filter');
  if (chains === undefined || other === undefined) return {};
  const found = linesAt(chains, other, seen, new Set()).find(
    ({ rule, stopper }) =>
      stopper === null &&
      rule.target?.kind === 'ACCEPT' &&
      conditionsOf(rule).some(({ matches: [match] }) => match !== undefined && !isState(match)) &&
      matchRule(rule, seen) === true,
  );
  const [, placed] = /^-A \S+ (.*)$/.exec(found?.text ?? '') ?? [];
  return found === undefined || placed === undefined
    ? {}
    : { strangeAccept: found.text, strangeHook: other, rightHook: hook, placed };
}

/** More than a rule has conditions. */
const many = 100;

/** The rule with the right name wherever it has the other one. */
const renamed = ({ fitting = '' }: Values, { misnamed = '', meantLink = '' }: Values): string =>
  fitting.replaceAll(` ${misnamed} `, ` ${meantLink} `);

/** An interface that the node does not have, of a name near to that of the packet's: no packet meets the rule. */
function misnamedIn(condition: Rule, { node, in: from, out }: Sighting): Values | null {
  const [, turned, flag, misnamed = ''] = /^(! )?-([io]) (\S+)$/.exec(written(condition)) ?? [];
  const meantLink = (flag === 'i' ? from : out) ?? '';
  if (flag === undefined || turned !== undefined || meantLink === '') return null;
  if (node.links.some(({ name }) => name === misnamed)) return null;
  return misspelt(misnamed, [meantLink]) === '' ? null : { misnamed, meantLink };
}

/** As iptables writes it: `! -i docker0`. */
const written = (condition: Rule): string =>
  serializeRule(condition)
    .trim()
    .replace(/^(-t \S+ )?-A \S+ /, '');

/** The rule with what the packet has instead of the condition that it misses: what `iptables -R` and `-I` are given. */
function corrected(text: string, number: number, only: Rule, seen: Sighting): Values {
  const [, chain, rest = ''] = /^-A (\S+) (.*)$/.exec(text) ?? [];
  const condition = written(only);
  const own = ofPacket(condition, seen);
  const turned = /^-p (tcp|udp)$/.test(condition) ? inProtocol(rest, seen) : rest;
  const fitting = own === null ? turned : ` ${rest}`.replace(` ${condition}`, own).trim();
  if (chain === undefined || fitting === rest) return {};
  return { nearChain: chain, nearLine: String(number), fitting };
}

/** XT_MULTI_PORTS; a range counts twice. */
const mostPorts = 15;

/** A condition as the packet fulfils it, after a space; one that must not hold goes. Null for any other. */
function ofPacket(condition: string, { headers, in: from, out }: Sighting): string | null {
  if (/^! -[dsio] \S+$/.test(condition)) return '';
  const [, flag = '', value] =
    /^(-[dsio]|-p (?:tcp|udp) -m (?:tcp|udp) --dport) (\S+)$/.exec(condition) ?? [];
  const [, list] = /^-p (?:tcp|udp) -m multiport --dports (\S+)$/.exec(condition) ?? [];
  const longer = list !== undefined && list.split(/[,:]/).length < mostPorts;
  if (longer) return headers.destinationPort === null ? null : ` ${condition},${headers.destinationPort}`;
  if (value === undefined) return null;
  const { source, destination, destinationPort } = headers;
  const own =
    { '-d': destination, '-s': source, '-i': from, '-o': out }[flag] ??
    (flag.endsWith('--dport') ? destinationPort : null);
  return own === null ? null : ` ${flag} ${own}`;
}

/** A port of another protocol: only the protocol is another, for a rule about DNS over UDP and a question over TCP. */
function portOfOther(failing: readonly Rule[], seen: Sighting): boolean {
  const [protocol, port, ...more] = failing;
  if (protocol?.protocol === undefined || protocol.matches.length > 0 || port === undefined) return false;
  const text = `-A INPUT ${written(port)}`;
  const own = inProtocol(text, seen);
  if (more.length > 0 || own === text) return false;
  const rule = parseRule(own, { family: seen.headers.destination.includes(':') ? 'ipv6' : 'ipv4' });
  return rule !== undefined && matchRule(rule, seen) === true;
}

const inProtocol = (text: string, { headers: { protocol } }: Sighting): string =>
  protocol === 'icmp' ? text : text.replace(/-p (tcp|udp) -m \1 /, `-p ${protocol} -m ${protocol} `);

/** What replies need is no condition that a request misses by chance. */
const isState = ({ kind }: Rule['matches'][number]): boolean => kind === 'conntrack' || kind === 'state';

/** A line, and the one in front of it in its chain that sends the packet back out. */
interface Reached extends Line {
  stopper: string | null;
}

/** The lines of a chain, and of those it calls for this packet. */
export function linesAt(
  chains: Map<string, ChainRules>,
  name: string,
  seen: Sighting,
  passed: Set<string>,
): Reached[] {
  if (passed.has(name)) return [];
  passed.add(name);
  let stopper: string | null = null;
  return (chains.get(name)?.lines ?? []).flatMap((line): Reached[] => {
    const { target } = line.rule;
    const before = stopper;
    if (target?.kind === 'RETURN' && matchRule(line.rule, seen) === true) stopper ??= line.text;
    if (target?.kind !== 'jump' && target?.kind !== 'goto') return [{ ...line, stopper: before }];
    return before !== null || matchRule(line.rule, seen) === false
      ? []
      : linesAt(chains, target.chain, seen, passed);
  });
}

/** Matches that say nothing without the protocol. */
const ofProtocol: readonly Rule['matches'][number]['kind'][] = [
  ...(['tcp', 'udp', 'sctp', 'icmp', 'icmp6', 'multiport'] as const),
];

/** A rule's conditions, each as a rule of its own. Ports stand behind their protocol. */
function conditionsOf(rule: Rule): Rule[] {
  const { table, chain, command } = rule;
  const empty: Rule = { table, chain, command, matches: [], raws: {} };
  const { protocol } = rule;
  return [
    ...parts.flatMap((part) => (rule[part] === undefined ? [] : [{ ...empty, [part]: rule[part] }])),
    ...rule.matches
      .filter(({ kind }) => kind !== 'comment')
      .map((match) => ({
        ...empty,
        ...(protocol === undefined || !ofProtocol.includes(match.kind) ? {} : { protocol }),
        matches: [match],
      })),
  ];
}
