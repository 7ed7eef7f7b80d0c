import type { Line } from '../lab/lab.ts';
import type { Headers } from '../path/model/packet.ts';
import { matchNft } from '../path/recording/nft-match.ts';
import { type NftChain, nftChains } from '../path/recording/nft-text.ts';
import { placeOf } from './apply-line.ts';

const deleting = /^nft delete rule (\S+) (\S+) (\S+) handle (\d+)$/;
const accepting = /^nft chain (\S+) (\S+) (\S+) '\{ policy accept; \}'$/;

/**
 * Whether a line of nft helps a packet past the chain that stopped it, by the rules as `nft -a list ruleset` printed
 * them: what it changes is there, and nothing else in the chain certainly drops the packet. Other lines are not judged.
 * @param rules the text of each node.
 */
export function nftHelps(
  rules: Readonly<Record<string, string>>,
  { on, run }: Line,
  packet: Headers,
): boolean {
  const [node, argv] = placeOf(on, run.split(' '));
  const [deleted, accepted] = [deleting, accepting].map((one) => one.exec(argv.join(' ')));
  const [, family, table, name] = deleted ?? accepted ?? [];
  if (name === undefined) return true;
  const chain = nftChains(rules[node] ?? '').find(
    (one) => one.family === family && one.table === table && one.chain === name,
  );
  if (chain === undefined) return false;
  if (!deleted) return chain.policy === 'drop' && !drops({ ...chain, policy: 'accept' }, packet);
  // The packet came past the rules in front of it.
  const at = chain.rules.findIndex(({ handle }) => handle === Number(deleted[4]));
  return at !== -1 && !drops({ ...chain, rules: chain.rules.slice(at + 1) }, packet);
}

/** Rules about questions for MAC addresses look at no header of the packet. */
function drops({ family, rules, policy }: NftChain, packet: Headers): boolean {
  const decided = rules.find(({ text }) => {
    const verdict = /\b(drop|reject|accept)\b/.test(text);
    const other = !verdict && /\b(jump|goto|vmap|queue|return|[ds]nat|masquerade|redirect|xt)\b/.test(text);
    return (verdict || other) && (family === 'arp' ? null : matchNft(text, packet)) !== false;
  });
  if (decided === undefined) return policy === 'drop';
  return /\b(drop|reject)\b/.test(decided.text) && matchNft(decided.text, packet) === true;
}
