import type { Protocol } from '../../path/model/packet.ts';
import type { EndReason, Fields, TracedHop } from '../../path/recording/hop.ts';
import { matchNft } from '../../path/recording/nft-match.ts';
import { nearlyTranslatedByNft } from '../../path/recording/nft-near.ts';
import { type NftChain, nftChains } from '../../path/recording/nft-text.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, packetOf } from './end-finding.ts';
import { untracking } from './end-untracked.ts';

const gives = {
  source: /\b(snat( ip6?)? to|masquerade)\b/,
  destination: /\b(dnat( ip6?)? to|redirect)\b/,
};
const hooks = { source: ['postrouting', 'input'], destination: ['prerouting', 'output'] } as const;

/**
 * A rule of nftables that would translate the packet, in a chain that it does not come to: one that no hook calls, or
 * that is for packets of the node itself where this one passes through, or the other way round.
 */
export function unaskedNat({ recording, packets }: Ending, ended: EndFacts): Values {
  if (ended.kind === 'delivered') return {};
  const requests = packets.filter(({ direction }) => direction === 'request');
  const { protocol } = packetOf(recording);
  for (const hop of requests.flatMap(({ hops }) => hops.filter(ofIp))) {
    // No chain of NAT sees a packet that conntrack does not follow (end-untracked.ts).
    if (untracking(hop) !== undefined) continue;
    const { node, in: cameBy, out, rules, changes, before, after } = hop;
    const chains = nftChains(recording.nft[node] ?? '');
    for (const side of ['source', 'destination'] as const) {
      if (changes.some(({ field }) => field === side)) continue;
      if (!reasons[side].some((reason) => reason === ended.reason) || (side === 'source' && out === null))
        continue;
      const right = hookFor(side, cameBy);
      for (const chain of chains) {
        const near = chain.hook === right ? nearlyMet(recording, chain, hop, side) : {};
        if (near.nearNat !== undefined)
          return { ...near, unaskedNode: node, unaskedChain: `${chain.table} ${chain.chain}` };
        const asked = rules.some((step) => step.table === chain.table && step.chain === chain.chain);
        const rule = chain.rules.find(
          ({ text }) => gives[side].test(text) && matches(text, before ?? after, protocol),
        );
        if (rule === undefined || ofIptables(chain) || asked || chain.hook === right || called(chain, chains))
          continue;
        if (chain.hook !== null && !hooks[side].some((hook) => hook === chain.hook)) continue;
        return {
          ...{ natUnasked: rule.text, unaskedNode: node, unaskedChain: `${chain.table} ${chain.chain}` },
          ...{ rightHook: right, ...(chain.hook === null ? {} : { wrongHook: chain.hook }) },
          hooking: hooked(chain, right, chain.hook === null ? `jump ${chain.chain}` : rule.text, chains),
        };
      }
    }
  }
  return {};
}

/** What a packet that was not translated comes to. */
const reasons: Record<'source' | 'destination', readonly EndReason[]> = {
  source: ['reply-not-routed', 'rp-filter', 'neighbour-silent', 'route-refuses', 'no-address'],
  destination: ['no-listener', 'port-closed', 'no-route', 'neighbour-silent'],
};

/** iptables names its chains in capitals; what it shows is compared by its own text (other-hook.ts). */
const ofIptables = ({ chain }: NftChain): boolean => chain === chain.toUpperCase();

const matches = (rule: string, fields: Fields | null, protocol: Protocol): boolean =>
  fields === null || matchNft(rule, { ...fields, protocol }) !== false;

const ofIp = ({ layer, tunnel }: TracedHop): boolean => layer === 'ip' && tunnel === null;

/** A chain of NAT sees the source as it leaves, and the destination before the route is looked up. */
function hookFor(side: 'source' | 'destination', cameBy: string | null): string {
  if (side === 'source') return 'postrouting';
  return cameBy === null ? 'output' : 'prerouting';
}

/** A rule of the chain that would translate the packet, but for one condition. */
function nearlyMet(
  recording: Ending['recording'],
  chain: NftChain,
  { node, before, after, in: cameBy, out }: TracedHop,
  side: 'source' | 'destination',
): Values {
  const fields = side === 'source' ? (after ?? before) : (before ?? after);
  if (fields === null || ofIptables(chain)) return {};
  const headers = { ...fields, protocol: packetOf(recording).protocol };
  const links = (recording.observation.nodes[node]?.links ?? []).map(({ name }) => name);
  return nearlyTranslatedByNft(chain, { headers, original: headers, in: cameBy, out }, gives[side], links);
}

/** A chain of type nat at the right hook, and the rule in it. */
function hooked(chain: NftChain, hook: string, rule: string, chains: readonly NftChain[]): string {
  const { family, table } = chain;
  const isTaken = (name: string) =>
    chains.some((one) => one.table === table && one.family === family && one.chain === name);
  const name = [hook, `nat_${hook}`].find((one) => !isTaken(one)) ?? `${hook}_2`;
  const priority = hook === 'postrouting' ? 100 : -100;
  return [
    `{exec}nft add chain ${family} ${table} ${name} '{ type nat hook ${hook} priority ${priority}; }'`,
    `{exec}nft add rule ${family} ${table} ${name} '${rule.replace(counted, '')}'`,
  ].join('\n');
}

const counted = /\bcounter packets \d+ bytes \d+ /;

/** Other rules jump to it, by name or in a map: whether one does for this packet is not known. */
const called = ({ chain, table, family }: NftChain, chains: readonly NftChain[]): boolean =>
  chains.some(
    (one) =>
      one.table === table &&
      one.family === family &&
      one.rules.some(({ text }) => new RegExp(`\\b(jump|goto) ${chain}\\b`).test(text)),
  );
