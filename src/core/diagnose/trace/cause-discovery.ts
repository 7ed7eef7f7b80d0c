import type { Finding } from '../../path/model/finding.ts';
import { isLocal } from '../../path/model/routing.ts';
import type { NftChain } from '../../path/recording/nft-text.ts';
import type { Values } from '../../verdict/verdict.ts';
import { chainsOf, droppedBy } from './cause-firewall.ts';
import type { Place } from './place.ts';

const messages = {
  solicitation: 'nd-neighbor-solicit',
  advertisement: 'nd-neighbor-advert',
} as const;
type Message = keyof typeof messages;

/**
 * A chain of nftables that drops a question of neighbour discovery at the node that has the address, or its answer there
 * or at the asker. The model has the rules of ip6tables (answer.ts).
 */
export function discoveryCause(place: Place): Finding | null {
  const { hop, observation } = place;
  if (hop.out !== null || hop.resolution === null || !hop.resolution.address.includes(':')) return null;
  const { address, answer } = hop.resolution;
  const owner = Object.entries(observation.nodes).find(
    ([node, state]) => node !== hop.node && isLocal(state, address),
  )?.[0];
  if (owner === undefined) return null;
  const asker = { address, asker: hop.node };
  const came = ['ingress', 'prerouting', 'input'];
  if (answer !== null)
    return droppedAt(place, hop.node, came, 'advertisement', { ...asker, answerer: owner });
  return (
    droppedAt(place, owner, came, 'solicitation', asker) ??
    droppedAt(place, owner, ['output', 'postrouting'], 'advertisement', { ...asker, toAsker: hop.node })
  );
}

function droppedAt(
  place: Place,
  node: string,
  hooks: readonly string[],
  message: Message,
  more: Values,
): Finding | null {
  const chains = chainsOf(place, node)
    .filter(({ family, hook }) => ['ip6', 'inet'].includes(family) && hooks.includes(hook ?? ''))
    // iptables names its chains in capitals.
    .filter(({ chain }) => chain !== chain.toUpperCase())
    .map((one) => about(one, message));
  const found = droppedBy(place, node, chains, (rule) => matches(rule, message));
  if (found === null) return null;
  const { rule = '', chain = '', ...values } = found.values;
  const list = `nft list table ${values.family} ${values.table}`;
  const accepting = `icmpv6 type { ${Object.values(messages).join(', ')} } accept`;
  return {
    ...{ reason: 'question-dropped', node, object: found.object },
    values: { ...values, rule, chain, list, ...more, ...(values.policyNft ? { accepting } : {}) },
  };
}

/** A policy decides where no rule may accept the message. */
function about(chain: NftChain, message: Message): NftChain {
  const accepted = chain.rules.some(
    ({ text }) => /\b(accept|jump|goto|vmap)\b/.test(text) && matches(text, message) !== false,
  );
  return { ...chain, policy: accepted ? 'accept' : chain.policy };
}

/** Conntrack follows none of these messages, and they come from the wire. */
function matches(rule: string, message: Message): boolean | null {
  const [, types] = /\bicmpv6 type (\{[^}]*\}|\S+)/.exec(rule) ?? [];
  const others = /\b(tcp|udp|icmp type|arp|ip [sd]addr|ct state (?!.*untracked))\b|\biif(name)? "?lo"?/;
  if (types === undefined) return others.test(rule) ? false : null;
  const named = types.match(/[\w-]+/g) ?? [];
  if (!named.some((one) => one === messages[message])) return false;
  return /^icmpv6 type (\{[^}]*\}|\S+)( counter packets \d+ bytes \d+)? (accept|drop)$/.test(rule)
    ? true
    : null;
}
