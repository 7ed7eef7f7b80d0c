import type { EndReason, RuleStep, TracedHop } from '../../path/recording/hop.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { EndFacts, Ending } from './end-finding.ts';

const targets = {
  source: /-j (SNAT|MASQUERADE|NETMAP)\b|\b(snat|masquerade)\b/,
  destination: /-j (DNAT|REDIRECT|NETMAP)\b|\b(dnat|redirect)\b/,
};

/** The node and the rule that gave a packet this address; null where none was seen. */
export function translatorOf(
  hops: readonly TracedHop[],
  side: 'source' | 'destination',
  address: string,
): { node: string; step: RuleStep } | null {
  for (const { node, changes, rules } of hops) {
    const given = changes.some(({ field, after }) => field === side && sameAddress(after, address));
    const step = rules.findLast(({ rule }) => targets[side].test(rule ?? ''));
    if (given && step !== undefined) return { node, step };
  }
  return null;
}

const unreached: readonly EndReason[] = [
  ...(['neighbour-silent', 'no-route', 'reply-not-routed', 'loopback-only', 'kernel-drop'] as const),
];

/** The rule of NAT that gave the request the address to which no packet or no reply gets. */
export function givenBy(seen: Ending, { reason, values, direction }: EndFacts): Values {
  const { packets, recording } = seen;
  if (reason === null || !unreached.includes(reason)) return {};
  const address = reason === 'kernel-drop' ? takenReply(seen) : wantedBy(values);
  const requests = packets.filter((one) => one.direction === 'request').flatMap(({ hops }) => hops);
  const side = direction === 'reply' || values.side === 'source' ? 'source' : 'destination';
  const by = address === undefined ? null : translatorOf(requests, side, address);
  if (address !== undefined && by === null) return givenByLegacy(recording, requests, side, address);
  if (address === undefined || by === null) return {};
  return { given: address, giver: by.node, givenRule: by.step.rule ?? '', ...otherwise(by.step, address) };
}

/** Rules that an engine or a cluster writes again. */
const ofOthers = /^(DOCKER|KUBE|CNI)/;

/** The rule of NAT that gave the request the port on which no program listens. */
export function portGivenBy({ packets }: Ending, { reason, values }: EndFacts): Values {
  if ((reason !== 'no-listener' && reason !== 'port-closed') || values.service !== undefined) return {};
  const hops = packets.filter(({ direction }) => direction === 'request').flatMap((one) => one.hops);
  for (const { node, changes, rules } of hops) {
    const given = changes.some(({ field, after }) => field === 'destinationPort' && after === values.port);
    const step = rules.findLast(({ rule }) => targets.destination.test(rule ?? ''));
    if (!given || step === undefined || ofOthers.test(step.chain)) continue;
    return {
      givenPort: values.port ?? '',
      portGiver: node,
      portRule: step.rule ?? '',
      ...toOpenPort(step, values),
    };
  }
  return {};
}

/** The rule as it is typed to lead to the only port that is open. */
function toOpenPort(
  { rule, family, table, chain, line, handle }: RuleStep,
  { openPort = '' }: Values,
): Values {
  const other = rule?.replace(/(?<=--to-destination \S+:|--to-ports |\bto \S*:)\d+(-\d+)?/, openPort);
  if (openPort === '' || rule === null || other === undefined || other === rule) return {};
  if (line !== null) {
    const tool = family === 'ip6' ? 'ip6tables' : 'iptables';
    return { porting: `${tool} -t ${table} -R ${chain} ${line} ${other.replace(/^-A \S+ /, '').trim()}` };
  }
  return {
    porting: `nft replace rule ${family} ${table} ${chain} handle ${handle} '${other.replace(counted, '')}'`,
  };
}

const counted = /\bcounter packets \d+ bytes \d+ /;

const wantedBy = ({ gateway, address, dst }: Values): string | undefined =>
  gateway === undefined ? (address ?? dst) : dst;

/** The address to which a reply went that another node took, and has no socket for. */
function takenReply({ packets, recording }: Ending): string | undefined {
  const { from } = recording.request;
  const reply = packets.find(({ direction, end }) => direction === 'reply' && end.node !== from);
  return reply?.hops.at(-1)?.before?.destination;
}

/** No tracer sees the rules of iptables-legacy: the one that names this address, where the packet got it. */
function givenByLegacy(
  { observation }: Ending['recording'],
  hops: readonly TracedHop[],
  side: 'source' | 'destination',
  address: string,
): Values {
  const hop = hops.find(({ changes }) =>
    changes.some(({ field, after }) => field === side && sameAddress(after, address)),
  );
  const { ipv4 = '', ipv6 = '' } = observation.nodes[hop?.node ?? '']?.legacy ?? {};
  const lines = (address.includes(':') ? ipv6 : ipv4).split('\n');
  const named = lines.find((line) => targets[side].test(line) && line.includes(address));
  return hop === undefined || named === undefined
    ? {}
    : {
        given: address,
        giver: hop.node,
        givenRule: `${address.includes(':') ? 'ip6tables' : 'iptables'}-legacy -t nat ${named}`,
      };
}

/** The rule as it is typed to give another address: the node's own as a source, one to be filled in as a destination. */
function otherwise({ rule, chain, line }: RuleStep, address: string): Values {
  if (rule === null || line === null) return {};
  const tool = address.includes(':') ? 'ip6tables' : 'iptables';
  const replaced = `${tool} -t nat -R ${chain} ${line} ${rule.replace(/^-A \S+ /, '').trim()}`;
  if (/ -j SNAT /.test(rule)) return { masquerading: replaced.replace(/ -j SNAT .*$/, ' -j MASQUERADE') };
  const to = / -j DNAT .*?--to-destination (\S+)/.exec(rule)?.[1] ?? '';
  const named = to === address || to.startsWith(`${address}:`) || to.startsWith(`[${address}]`);
  return named ? { redirecting: replaced.replace(to, to.replace(address, 'ADDRESS')) } : {};
}
