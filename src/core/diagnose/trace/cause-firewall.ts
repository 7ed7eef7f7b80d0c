import type { Finding } from '../../path/model/finding.ts';
import { type Hook, passHook } from '../../path/model/netfilter.ts';
import { queueValues } from '../../path/model/queueing.ts';
import { isLocal, lookup } from '../../path/model/routing.ts';
import { rulesetFrom } from '../../path/model/ruleset.ts';
import { sighting } from '../../path/model/transit.ts';
import { matchNft } from '../../path/recording/nft-match.ts';
import { type NftChain, nftChains } from '../../path/recording/nft-text.ts';
import { inNode, isForOther, type Place } from './place.ts';

/** A chain at a device's ingress, before everything that the tracer sees. */
export function ingressCause(place: Place): Finding | null {
  const { hop, observation } = place;
  if (hop.in === null || hop.hooks.length > 0 || hop.rules.length > 0 || isForOther(observation, hop))
    return null;
  const chains = chainsOf(place, hop.node).filter(
    ({ family, hook, devices }) =>
      ['netdev', 'inet'].includes(family) && hook === 'ingress' && devices.includes(hop.in ?? ''),
  );
  return droppedBy(place, hop.node, chains, byHeaders(place));
}

/** A chain at a device's egress, behind everything that the tracer sees. */
export function egressCause(place: Place): Finding | null {
  const { hop } = place;
  const dev = /\bdev (\S+)/.exec(hop.route?.text ?? '')?.[1];
  if (hop.out !== null || !hop.hooks.includes('postrouting') || dev === undefined) return null;
  const chains = chainsOf(place, hop.node).filter(
    ({ family, hook, devices }) => family === 'netdev' && hook === 'egress' && devices.includes(dev),
  );
  return droppedBy(place, hop.node, chains, byHeaders(place));
}

/** Rules of iptables-legacy, which no tracer sees: at the hooks that the packet did not get past. */
export function legacyCause(place: Place): Finding | null {
  const { hop, state } = place;
  if (hop.out !== null) return null;
  const found = refusedBy(place, textOf(place, state.legacy), hooksAt(place), outOf(place));
  return found === null ? null : { ...found, values: { ...found.values, legacy: 'iptables-legacy' } };
}

/**
 * Rules that match a later fragment, whose way through the rules is not traced: it shows nothing of the probe's own. A
 * packet that is taken in is whole again before INPUT (ip_local_deliver), and before PREROUTING where conntrack is
 * used.
 */
export function pieceCause(place: Place): Finding | null {
  const { hop, state, headers } = place;
  if (headers.later !== true || hop.out !== null || hop.tunnel !== null) return null;
  const hooks: Hook[] =
    hop.in === null ? ['OUTPUT', 'POSTROUTING'] : ['PREROUTING', 'FORWARD', 'POSTROUTING'];
  const found = refusedBy(place, textOf(place, state.rules), hooks, lookup(state, headers.destination)?.dev);
  if (found !== null) return found;
  const own = hooks.map((one) => one.toLowerCase());
  const chains = chainsOf(place, hop.node)
    .filter(({ family, hook }) => ['ip', 'ip6', 'inet'].includes(family) && own.includes(hook ?? ''))
    .map((chain) => ({
      ...chain,
      rules: chain.rules.filter(({ text }) => /\bfrag\b|frag-off/.test(text)),
      policy: 'accept' as const,
    }));
  return droppedBy(place, hop.node, chains, byHeaders(place));
}

const textOf = ({ headers }: Place, texts: { ipv4: string; ipv6: string }): string =>
  headers.destination.includes(':') ? texts.ipv6 : texts.ipv4;

/** A program decides. */
const queued = / -j NFQUEUE\b/;

/** The rule or policy of these chains that refuses the packet, as the model has it. */
function refusedBy(
  place: Place,
  text: string,
  hooks: Hook[],
  out: string | null | undefined,
): Finding | null {
  const { hop, headers } = place;
  if (text === '') return null;
  const rules = rulesetFrom(text, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  const seen = sighting({ ...inNode(place), out: out ?? null });
  const passages = hooks.map((one) => passHook(rules, one, seen));
  const refusing = passages.find(({ kind }) => kind === 'drop' || kind === 'reject');
  // The packet is known to have come no further than these hooks.
  const passage = refusing ?? passages.find(({ decisions }) => queued.test(decisions.at(-1)?.text ?? ''));
  if (passage === undefined) return null;
  const decision = passage.decisions.at(-1);
  const [table = '', chainName = ''] = decision?.place?.split(' ') ?? [];
  const values = {
    ...{ rule: decision?.text ?? '', chain: `${table} ${chainName}`, table, chainName },
    line: String(decision?.line ?? ''),
    policyChain: decision?.by === 'policy' ? chainName : '',
    ...{ source: headers.source, destination: headers.destination, dst: headers.destination },
  };
  const reason = passage.kind === 'reject' ? 'rejected-by-rule' : 'dropped-by-rule';
  const queue = queueValues(values.rule, place.state);
  return { reason, node: hop.node, object: values.rule, values: { ...values, ...queue } };
}

/** The hook that the packet was seen in last, whose later chains may have dropped it, and the one behind. */
function hooksAt({ hop, state, headers, upper }: Place): Hook[] {
  const passed = (hook: string) => hop.hooks.includes(hook) || hop.hooks.includes(`bridge ${hook}`);
  if (hop.in === null) return passed('output') ? ['OUTPUT', 'POSTROUTING'] : ['OUTPUT'];
  if (passed('forward')) return ['FORWARD', 'POSTROUTING'];
  const local = isLocal(state, headers.destination);
  const bridged = upper !== hop.in && !local;
  if (!hop.hooks.includes('prerouting') && !bridged) return ['PREROUTING'];
  return ['PREROUTING', local ? 'INPUT' : 'FORWARD'];
}

function outOf({ upper, hop }: Place): string | null {
  return upper === hop.in ? null : upper;
}

export function chainsOf({ recording }: Place, node: string): NftChain[] {
  return nftChains(recording.nft[node] ?? '');
}

/** Whether a rule matches; null where it may. */
export type Matches = (rule: string) => boolean | null;

const byHeaders =
  ({ headers }: Place): Matches =>
  (rule) =>
    matchNft(rule, headers);

const verdict = /\b(accept|drop|reject)\b/;

/** The first rule that decides about what it certainly matches, else the first that may drop it, else the policy. */
export function droppedBy(
  { headers }: Place,
  node: string,
  chains: NftChain[],
  matches: Matches,
): Finding | null {
  for (const { family, table, chain, rules, policy } of chains) {
    const dropping = rules.filter(({ text }) => /\b(drop|reject)\b/.test(text));
    const deciding = rules.find(({ text }) => verdict.test(text) && matches(text) === true);
    if (deciding !== undefined && !dropping.includes(deciding)) continue;
    const rule = deciding ?? dropping.find(({ text }) => matches(text) === null);
    if (rule === undefined && policy !== 'drop') continue;
    const values = {
      ...{ family, table, chainName: chain, chain: `${family} ${table} ${chain}`, line: '' },
      ...{ rule: rule?.text ?? 'policy drop', nftRule: rule?.text ?? 'policy drop', nftChain: chain },
      handle: rule === undefined ? '' : String(rule.handle),
      policyNft: rule === undefined ? chain : '',
      ...{ policyChain: '', source: headers.source, destination: headers.destination },
      ipWord: headers.source.includes(':') ? 'ip6' : 'ip',
    };
    return { reason: 'dropped-by-rule', node, object: values.rule, values };
  }
  return null;
}
