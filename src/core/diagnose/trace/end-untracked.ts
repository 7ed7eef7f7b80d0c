import { type Hook, passHook } from '../../path/model/netfilter.ts';
import { isLocal } from '../../path/model/routing.ts';
import { rulesetOf } from '../../path/model/ruleset.ts';
import { sighting } from '../../path/model/transit.ts';
import type { Fields, RuleStep, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import { nftChains } from '../../path/recording/nft-text.ts';
import { holds, sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { EndFacts, Ending } from './end-finding.ts';
import { inNode, type Place, placeOf } from './place.ts';

/**
 * NAT acts on what conntrack follows. Where a rule has kept it from following a packet that a rule of the table nat
 * would have translated, the end stays what it is, and both rules are named beside it.
 */
export function notTranslated(seen: Ending, ended: EndFacts): EndFacts {
  if (ended.kind === 'delivered') return ended;
  for (const packet of seen.packets) {
    if (packet.direction === 'error') continue;
    for (const hop of packet.hops) {
      const step = untracking(hop);
      if (step === undefined || hop.tunnel !== null) continue;
      const back = packet.direction === 'reply';
      const rule = back ? undoneAt(seen, hop) : missedAt(seen, packet, hop);
      const stateful = rule === null && hop === packet.hops.at(-1) ? passedByState(seen, hop) : null;
      if (rule === null && stateful === null) continue;
      const named = {
        ...(stateful === null ? {} : { stateful }),
        ...(rule === null ? {} : { [back ? 'translatedThere' : 'translation']: rule }),
        untracked: step.rule ?? '',
      };
      const values = { ...ended.values, ...named, translator: hop.node, ...curesOf(step, hop) };
      return { ...ended, values, sources: [...new Set([...ended.sources, 'nft trace' as const])] };
    }
  }
  return ended;
}

/** The rule that has kept conntrack from following a packet. */
export const untracking = ({ rules }: TracedHop): RuleStep | undefined =>
  rules.find(({ rule }) => /-j (NOTRACK|CT .*--notrack)\b|\bnotrack$/.test(rule ?? ''));

/** A rule that accepts what conntrack knows, in a chain whose rule or policy dropped the packet. */
export function passedByState({ recording }: Ending, { node, rules }: TracedHop): string | null {
  const drop = rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  if (drop === undefined) return null;
  const { family, table, chain } = drop;
  const state = recording.observation.nodes[node];
  const text = (family === 'ip6' ? state?.rules.ipv6 : state?.rules.ipv4) ?? '';
  const own = text.split('\n').find((line) => line.startsWith(`-A ${chain} `) && accepts.test(line));
  const native = nftChains(recording.nft[node] ?? '').find(
    (one) => one.family === family && one.table === table && one.chain === chain,
  );
  return own ?? native?.rules.find(({ text: line }) => accepts.test(line))?.text ?? null;
}

const accepts = /--(ct)?state \S*(NEW|ESTABLISHED).* -j ACCEPT|\bct state .*(new|established).* accept/;

/** The rule that translated the request in this node: its reply is not translated back. */
function undoneAt({ packets }: Ending, { node }: TracedHop): string | null {
  const there = packets
    .filter(({ direction }) => direction === 'request')
    .flatMap(({ hops }) => hops)
    .find((hop) => hop.node === node && hop.changes.some(({ field }) => /source|destination/.test(field)));
  return there?.rules.findLast(({ rule }) => translates.test(rule ?? ''))?.rule ?? null;
}

const translates = /-j (SNAT|MASQUERADE|DNAT|REDIRECT)\b|\b(snat|masquerade|dnat|redirect)\b/;

/** The rule that would have translated the packet, had conntrack followed it. */
function missedAt({ recording }: Ending, packet: TracedPacket, hop: TracedHop): string | null {
  const fields = hop.before ?? hop.after;
  const until = packet.hops.slice(0, packet.hops.indexOf(hop));
  const place = placeOf(recording, { ...packet, hops: [...until, { ...hop, after: fields }] }, null);
  if (place === null || fields === null) return null;
  const entering = hop.in === null ? ('OUTPUT' as const) : ('PREROUTING' as const);
  const hooks: Hook[] = hop.out === null ? [entering] : [entering, 'POSTROUTING'];
  for (const hook of hooks) {
    const rule = byIptables(place, hook) ?? byNft(place, fields, hook);
    if (rule !== null) return rule;
  }
  return null;
}

function byIptables(place: Place, hook: Hook): string | null {
  const { state, headers, hop } = place;
  const rules = rulesetOf(state, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  const leaving = hook === 'POSTROUTING';
  const own = { ...inNode(place), out: leaving ? hop.out : null, ...(leaving ? { in: null } : {}) };
  const passage = passHook(rules, hook, { ...sighting(own), state: 'NEW', natted: true }, 'others');
  if (passage.kind !== 'accept' || passage.translation === null) return null;
  const { masquerade, source, destination, redirect } = passage.translation;
  const same =
    (masquerade === true && isLocal(state, headers.source)) ||
    sameAddress(source ?? '', headers.source) ||
    (redirect === undefined && sameAddress(destination ?? '', headers.destination));
  return same ? null : (passage.decisions.findLast(({ place: at }) => at?.startsWith('nat '))?.text ?? null);
}

function byNft({ recording, hop, headers, upper }: Place, fields: Fields, at: Hook): string | null {
  const wanted = at === 'POSTROUTING' ? /\b(masquerade|snat)\b/ : /\b(dnat|redirect)\b/;
  const family = headers.destination.includes(':') ? 'ip6' : 'ip';
  const chains = nftChains(recording.nft[hop.node] ?? '').filter(
    (one) => one.hook === at.toLowerCase() && ['inet', family].includes(one.family),
  );
  const rules = chains.flatMap(({ rules: list }) => list.map(({ text }) => text));
  return rules.find((text) => wanted.test(text) && fits(text, fields, upper, hop.out)) ?? null;
}

/** As far as addresses and interfaces decide. */
function fits(text: string, { source, destination }: Fields, from: string | null, out: string | null) {
  const held = (pattern: RegExp, is: (value: string) => boolean): boolean => {
    const [, not, value] = pattern.exec(text) ?? [];
    return value === undefined || /^[{@]/.test(value) || is(value) !== (not !== undefined);
  };
  return (
    held(/\bip6? saddr (!= )?(\S+)/, (value) => holds(value, source)) &&
    held(/\bip6? daddr (!= )?(\S+)/, (value) => holds(value, destination)) &&
    held(/\biif(?:name)? (!= )?"?([^"\s]+)/, (value) => value === from) &&
    held(/\boif(?:name)? (!= )?"?([^"\s]+)/, (value) => value === out)
  );
}

/** Lines that delete the rule, or let this packet pass in front of it. */
function curesOf({ line, chain, table, family, handle }: RuleStep, hop: TracedHop): Values {
  if (line === null) return { tracking: `nft delete rule ${family} ${table} ${chain} handle ${handle}` };
  const { source = '', destination = '' } = hop.before ?? hop.after ?? {};
  const tool = source.includes(':') ? 'ip6tables' : 'iptables';
  return {
    tracking: `${tool} -t ${table} -D ${chain} ${line}`,
    narrower: `${tool} -t ${table} -I ${chain} -s ${source} -d ${destination} -j ACCEPT`,
  };
}
