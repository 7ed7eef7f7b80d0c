import type { Rule } from 'iptables-parser-ts';
import type { Finding } from '../../path/model/finding.ts';
import { matchRule } from '../../path/model/match-rule.ts';
import { type Line, rulesetOf } from '../../path/model/ruleset.ts';
import { sighting } from '../../path/model/transit.ts';
import type { RuleStep } from '../../path/recording/hop.ts';
import { matchNft } from '../../path/recording/nft-match.ts';
import { nftChains } from '../../path/recording/nft-text.ts';
import { inNode, type Place } from './place.ts';

/**
 * A translation that had no port left. The rule accepts; the packet is dropped behind all chains, when
 * conntrack is to keep the connection (nf_conntrack_confirm finds its tuple taken).
 */
export function portsCause(place: Place): Finding | null {
  const { hop } = place;
  const ordered = hop.rules.some(
    ({ table, rule }) => table === 'nat' && / -j (SNAT|MASQUERADE) /.test(rule ?? ''),
  );
  const asked = hop.resolution !== null;
  if (hop.out !== null || asked) return null;
  if (!ordered) return nftPorts(place);
  const line = linesOf(place, 'nat', 'POSTROUTING').find(({ rule }) => {
    const to = rule.target?.kind === 'SNAT' ? rule.target.to.ports : portsOf(rule);
    return to !== undefined && matchRule(rule, outgoing(place)) === true;
  });
  if (line === undefined) return null;
  const tool = place.headers.destination.includes(':') ? 'ip6tables' : 'iptables';
  const { target } = line.rule;
  const ports = target?.kind === 'SNAT' ? target.to.ports : portsOf(line.rule);
  const values = {
    ...{ rule: line.text, line: String(line.number), table: 'nat', chainName: 'POSTROUTING' },
    ports: ports === undefined ? '' : ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`,
    wider: withoutPorts(line.text),
    tool,
  };
  return { reason: 'no-free-port', node: hop.node, object: line.text, values };
}

/** A rule of nftables that gives ports from a range; it was met, and the packet did not leave. */
function nftPorts({ hop, kernel }: Place): Finding | null {
  const step = hop.rules.findLast(
    ({ rule, line }) => line === null && /\b(snat|masquerade)\b/.test(rule ?? ''),
  );
  const given = /\b(?:snat|masquerade)(?: ip6?)? to \S*:(\d+(?:-\d+)?)(?= |$)/.exec(step?.rule ?? '');
  if (step == null || given === null || (kernel !== null && kernel.reason !== 'NETFILTER_DROP')) return null;
  const { family, table, chain: nftChain, handle, rule } = step;
  const values = {
    ...{ rule: rule ?? '', family, table, nftChain, handle: String(handle ?? ''), ports: given[1] ?? '' },
    wider: (rule ?? '')
      .replace(/(\bsnat(?: ip6?)? to \S+?):\d+(-\d+)?/, '$1')
      .replace(/(\bmasquerade) to :\d+(-\d+)?/, '$1'),
  };
  return { reason: 'no-free-port', node: hop.node, object: rule, values };
}

const portsOf = ({ target }: Rule) => (target?.kind === 'MASQUERADE' ? target.ports : undefined);

/** The rule as `iptables -R` takes it, with all ports to choose from. */
function withoutPorts(text: string): string {
  return text
    .replace(/^-A \S+ /, '')
    .replace(/(--to-source )\[([^\]]+)\]:\S+/, '$1$2')
    .replace(/(--to-source [\d.]+):\S+/, '$1')
    .replace(/ --to-ports \S+/, '');
}

/** An answer that is not translated back, findingReason a rule has conntrack look it up in another zone. */
export function zoneCause(place: Place): Finding | null {
  const { hop, recording, direction } = place;
  if (direction !== 'reply') return null;
  const zones = linesOf(place, 'raw', 'PREROUTING').flatMap((line) => {
    const { target } = line.rule;
    return target?.kind === 'CT' && target.zone !== undefined ? [{ line, zone: zoneOf(target.zone) }] : [];
  });
  if (zones.length === 0) return nftZone(place);
  const [first] = zones;
  const mine = zones.find(({ line }) => matchRule(line.rule, sighting(inNode(place))) === true);
  const zone = (first ?? mine)?.zone;
  if (first === undefined || zone === undefined || mine?.zone === zone) return null;
  const known = recording.connections.some((one) => one.node === hop.node);
  if (!known) return null;
  const values = {
    ...{ zone, other: mine?.zone ?? '0', rule: first.line.text },
    ...{ line: String(first.line.number), chainName: 'PREROUTING', table: 'raw' },
  };
  return { reason: 'other-zone', node: hop.node, object: first.line.text, values };
}

/** `ct zone set`, where a rule of nftables gives a zone to packets that come in. */
function nftZone({ hop, recording, headers }: Place): Finding | null {
  const rules = nftChains(recording.nft[hop.node] ?? '')
    .filter(({ hook }) => hook === 'prerouting')
    .flatMap(({ family, table, chain, rules: lines }) =>
      lines.flatMap(({ text, handle }) => {
        const zone = /\bct zone set (\d+)/.exec(text)?.[1];
        return zone === undefined
          ? []
          : [{ family, table, nftChain: chain, handle: String(handle), zone, text }];
      }),
    );
  const fits = (text: string) => {
    const [condition = '', negated, name] = /iifname (!= )?"?([^"\s]+)"?/.exec(text) ?? [];
    const own = name === undefined || (name === hop.in) === (negated === undefined);
    return own && matchNft(text.replace(condition, '').replace(/ct zone set \d+/, ''), headers) !== false;
  };
  const mine = rules.findLast(({ text }) => fits(text));
  const first = rules.find(({ zone }) => zone !== (mine?.zone ?? '0'));
  const known = recording.connections.some((one) => one.node === hop.node);
  if (first === undefined || !known) return null;
  const { text: rule, ...where } = first;
  const values = { ...where, other: mine?.zone ?? '0', rule };
  return { reason: 'other-zone', node: hop.node, object: rule, values };
}

const zoneOf = (zone: unknown): string =>
  typeof zone === 'object' && zone !== null && 'id' in zone ? String(zone.id) : String(zone);

/** A rule gave the packet to a transparent proxy, and the node did not take it in. */
export function proxyCause(place: Place): Finding | null {
  const { hop, state } = place;
  const step = hop.rules.find(({ rule }) => / -j TPROXY /.test(rule ?? ''));
  if (step === undefined || hop.hooks.includes('input')) return null;
  const port = /--on-port (\d+)/.exec(step.rule ?? '')?.[1] ?? '';
  const values = { ...placeOfStep(step), port, mark: `0x${(hop.mark ?? 0).toString(16)}` };
  // It drops where it finds no socket with IP_TRANSPARENT (tproxy_tg4); another one may listen there.
  const other = state.listeners.find((one) => one.port === Number(port))?.process;
  const opaque = other == null ? {} : { opaque: other };
  if (step.verdict === 'drop')
    return { reason: 'proxy-unheard', node: hop.node, object: step.rule, values: { ...values, ...opaque } };
  if (hop.in === null) return null;
  return { reason: 'proxy-unrouted', node: hop.node, object: step.rule, values };
}

function placeOfStep({ rule, table, chain, line }: RuleStep) {
  return { rule: rule ?? '', table, chainName: chain, line: String(line ?? '') };
}

function linesOf({ state, headers }: Place, table: string, chain: string): Line[] {
  const rules = rulesetOf(state, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  return rules?.get(table)?.get(chain)?.lines ?? [];
}

/** The packet as a rule of POSTROUTING sees it: the out link is the route's. */
function outgoing(place: Place) {
  const { hop, state } = place;
  const packet = inNode(place);
  const route = hop.route?.text ?? '';
  const dev = /\bdev (\S+)/.exec(route)?.[1] ?? null;
  const [only] = state.links.filter(({ kind }) => kind !== 'loopback');
  return { ...sighting(packet), in: null, out: dev ?? only?.name ?? null };
}
