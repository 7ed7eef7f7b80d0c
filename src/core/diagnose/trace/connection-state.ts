import type { RuleStep, TracedPacket } from '../../path/recording/hop.ts';
import { isBeside } from '../../path/recording/tunnels.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Ending } from './end-finding.ts';

const replies = /--(ct)?state \S*ESTABLISHED|\bct state\b.*\bestablished\b/;
const errors = /--(ct)?state \S*RELATED|\bct state\b.*\brelated\b/;
const strays = /--(ct)?state \S*INVALID|\bct state\b.*\binvalid\b/;
/** A rule for all that comes to it, as a policy is. */
const bare = /^-A \S+ -j (DROP|REJECT)|^(counter packets \d+ bytes \d+ )?(drop|reject)\b/;

/**
 * What the state of its connection has to do with a packet that a rule dropped: the node has not seen the other
 * direction, or accepts replies but no errors. `answerChain` and `answerNft`: where a rule for replies would help.
 */
export function connectionState(
  { packets, recording }: Ending,
  packet: TracedPacket,
  step: RuleStep,
  { policy, ofIptables }: { policy: boolean; ofIptables: boolean },
): Values {
  const { node } = packet.end;
  const open = policy || bare.test(step.rule ?? '');
  const stateful = strays.test(step.rule ?? '') || (open && replies.test(rulesOf(recording, node)));
  const way = packet.direction === 'request' ? 'reply' : 'request';
  const others = packets.filter(
    ({ direction, hops, end }) => direction === way && end.kind === 'delivered' && !isBeside(hops),
  );
  const [other] = others;
  if (other === undefined) return {};
  const met = others.some(({ hops }) => hops.some((hop) => hop.node === node));
  const { tcp } = packet.header;
  if (!met)
    return stateful && tcp !== null && tcp.flags !== 'SYN'
      ? { past: [...new Set(other.hops.map((hop) => hop.node))].join(' -> ') }
      : {};
  if (!open || packet.direction === 'request') return {};
  const unrelated = packet.direction === 'error' ? acceptedReplies(recording, node, step) : null;
  return {
    ...(ofIptables ? { answerChain: step.chain } : {}),
    // Chains of netdev and arp are asked where no packet has a state.
    ...(!ofIptables && /^(ip6?|inet)$/.test(step.family) ? { answerNft: step.chain } : {}),
    ...(unrelated === null ? {} : { unrelated }),
  };
}

function rulesOf({ observation, nft }: Ending['recording'], node: string): string {
  const { ipv4 = '', ipv6 = '' } = observation.nodes[node]?.rules ?? {};
  return [ipv4, ipv6, nft[node] ?? ''].join('\n');
}

/** A rule that accepts replies and no errors, where none does in the chain. */
function acceptedReplies(recording: Ending['recording'], node: string, { chain }: RuleStep): string | null {
  const rules = rulesOf(recording, node).split('\n');
  const own = rules.filter((line) => line.startsWith(`-A ${chain} `) || / # handle \d+$/.test(line));
  const found = own.find((line) => replies.test(line));
  if (found === undefined || own.some((line) => errors.test(line))) return null;
  return found.replace(/ # handle \d+$/, '').trim();
}
