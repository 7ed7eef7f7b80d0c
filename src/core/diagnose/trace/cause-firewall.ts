import type { Finding } from '../../path/model/finding.ts';
import { type Hook, passHook } from '../../path/model/netfilter.ts';
import { isLocal } from '../../path/model/routing.ts';
import { rulesetFrom } from '../../path/model/ruleset.ts';
import { sighting } from '../../path/model/transit.ts';
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
  return droppedBy(place, hop.node, chains, [hop.before?.source, hop.before?.destination]);
}

/** A chain at a device's egress, behind everything that the tracer sees. */
export function egressCause(place: Place): Finding | null {
  const { hop } = place;
  const dev = /\bdev (\S+)/.exec(hop.route?.text ?? '')?.[1];
  if (hop.out !== null || !hop.hooks.includes('postrouting') || dev === undefined) return null;
  const chains = chainsOf(place, hop.node).filter(
    ({ family, hook, devices }) => family === 'netdev' && hook === 'egress' && devices.includes(dev),
  );
  return droppedBy(place, hop.node, chains, [hop.after?.source, hop.after?.destination]);
}

/** A chain of family arp that does not let a question in, at a node that has the address. */
export function arpCause(place: Place): Finding | null {
  const { hop, observation } = place;
  const address = hop.resolution?.answer === null ? hop.resolution.address : null;
  if (address === null || address.includes(':')) return null;
  for (const [node, state] of Object.entries(observation.nodes)) {
    if (node === hop.node || !isLocal(state, address)) continue;
    const chains = chainsOf(place, node).filter(
      ({ family, hook }) =>
        (family === 'arp' && hook === 'input') || (family === 'netdev' && hook === 'ingress'),
    );
    const found = droppedBy(place, node, chains, []);
    if (found === null) continue;
    const { rule = '', chain = '', ...values } = found.values;
    const list = `nft list table ${values.family} ${values.table}`;
    return {
      ...{ reason: 'question-dropped', node, object: found.object },
      values: { ...values, rule, chain, list, address, asker: hop.node },
    };
  }
  return null;
}

/** Rules of iptables-legacy, which no tracer sees: at the hooks that the packet did not get past. */
export function legacyCause(place: Place): Finding | null {
  const { hop, state, headers } = place;
  const text = headers.destination.includes(':') ? state.legacy.ipv6 : state.legacy.ipv4;
  if (text === '' || hop.out !== null) return null;
  const rules = rulesetFrom(text, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  const seen = sighting({ ...inNode(place), out: outOf(place) });
  const passages = hooksAt(place).map((one) => passHook(rules, one, seen));
  const passage = passages.find(({ kind }) => kind === 'drop' || kind === 'reject');
  if (passage === undefined) return null;
  const decision = passage.decisions.at(-1);
  const [table = '', chainName = ''] = decision?.place?.split(' ') ?? [];
  const values = {
    ...{
      rule: decision?.text ?? '',
      chain: `${table} ${chainName}`,
      table,
      chainName,
      legacy: 'iptables-legacy',
    },
    line: String(decision?.line ?? ''),
    policyChain: decision?.by === 'policy' ? chainName : '',
    ...{ source: headers.source, destination: headers.destination, dst: headers.destination },
  };
  const reason = passage.kind === 'drop' ? 'dropped-by-rule' : 'rejected-by-rule';
  return { reason, node: hop.node, object: values.rule, values };
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

function chainsOf({ recording }: Place, node: string): NftChain[] {
  return nftChains(recording.nft[node] ?? '');
}

/** The rule that drops and names an address of the packet, else any that drops, else the policy. */
function droppedBy(
  { headers }: Place,
  node: string,
  chains: NftChain[],
  addresses: (string | undefined)[],
): Finding | null {
  for (const { family, table, chain, rules, policy } of chains) {
    const dropping = rules.filter(({ text }) => /\b(drop|reject)\b/.test(text));
    const named = dropping.find(({ text }) =>
      addresses.some((one) => one !== undefined && text.includes(one)),
    );
    const rule = named ?? dropping[0];
    if (rule === undefined && policy !== 'drop') continue;
    const values = {
      ...{ family, table, chainName: chain, chain: `${family} ${table} ${chain}`, line: '' },
      ...{ rule: rule?.text ?? 'policy drop', nftRule: rule?.text ?? 'policy drop', nftChain: chain },
      handle: rule === undefined ? '' : String(rule.handle),
      policyNft: rule === undefined ? chain : '',
      ...{ policyChain: '', source: headers.source, destination: headers.destination },
    };
    return { reason: 'dropped-by-rule', node, object: values.rule, values };
  }
  return null;
}
