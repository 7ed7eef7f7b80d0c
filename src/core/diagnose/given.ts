import type { Finding } from '../path/model/finding.ts';
import type { Hop, Walk } from '../path/model/packet.ts';
import type { Change, EndReason, RuleStep } from '../path/recording/hop.ts';
import { sameAddress } from '../state/ip.ts';
import type { Values } from '../verdict/verdict.ts';

type Step = Pick<RuleStep, 'family' | 'table' | 'chain' | 'handle' | 'rule' | 'line'>;
type Side = 'source' | 'destination';

/** What a node did to a packet, traced or predicted. */
interface Treatment {
  node: string;
  changes: readonly Change[];
  rules: readonly Step[];
}

export const targets: Record<Side, RegExp> = {
  source: /-j (SNAT|MASQUERADE|NETMAP)\b|\b(snat|masquerade)\b/,
  destination: /-j (DNAT|REDIRECT|NETMAP)\b|\b(dnat|redirect)\b/,
};

export const unreached: readonly EndReason[] = [
  ...(['neighbour-silent', 'no-route', 'reply-not-routed', 'loopback-only', 'kernel-drop'] as const),
];

const closedPorts: readonly EndReason[] = ['no-listener', 'port-closed'];

/** Rules that an engine or a cluster writes again. */
const ofOthers = /^(DOCKER|KUBE|CNI)/;

export const wantedBy = ({ gateway, address, dst }: Values): string | undefined =>
  gateway === undefined ? (address ?? dst) : dst;

/**
 * The rule of NAT that gave a predicted packet the address or the port at which nobody answers, as a trace names it.
 * Where no program listens, the address is named if the rule left the port as it was.
 */
export function givenOn({ request }: Walk, { reason, values }: Finding): Values {
  const hops = request.hops.map(treatment);
  const port = portGiven(hops, reason, values);
  if (port !== null) return { ...port, predicted: 'yes' };
  const closed = closedPorts.some((one) => one === reason);
  const asked = closed ? values.service === undefined : unreached.some((one) => one === reason);
  const address = closed ? values.address : wantedBy(values);
  if (!asked || address === undefined) return {};
  const back = request.end.kind === 'delivered' || values.side === 'source';
  const side = back ? 'source' : 'destination';
  const by = translatorOf(hops, side, address);
  if (by === null || ofOthers.test(by.step.chain)) return {};
  return { ...addressGiven(hops, side, address), predicted: 'yes' };
}

function treatment({ node, before, after, decisions }: Hop): Treatment {
  const fields = ['source', 'destination', 'sourcePort', 'destinationPort'] as const;
  const changes = fields.map(
    (field): Change => ({
      field,
      ...{ before: String(before[field] ?? ''), after: String(after[field] ?? '') },
    }),
  );
  const rules = decisions
    .filter(({ by }) => by === 'rule')
    .map(({ text, place = '', line = null }) => {
      const [table = '', chain = ''] = place.split(' ');
      const family = after.destination.includes(':') ? 'ip6' : 'ip';
      return { family, table, chain, handle: null, rule: text, line };
    });
  return { node, changes: changes.filter((one) => one.before !== one.after), rules };
}

/** The node and the rule that gave a packet this address; null where none was seen. */
export function translatorOf(
  hops: readonly Treatment[],
  side: Side,
  address: string,
): { node: string; step: Step } | null {
  for (const { node, changes, rules } of hops) {
    const given = changes.some(({ field, after }) => field === side && sameAddress(after, address));
    const step = rules.findLast(({ rule }) => targets[side].test(rule ?? ''));
    if (given && step !== undefined) return { node, step };
  }
  return null;
}

/** The rule of NAT that gave the request this address; null where none was seen. */
export function addressGiven(hops: readonly Treatment[], side: Side, address: string): Values | null {
  const by = translatorOf(hops, side, address);
  if (by === null) return null;
  return { given: address, giver: by.node, givenRule: by.step.rule ?? '', ...otherwise(by.step, address) };
}

/** The rule of NAT that gave the request the port on which no program listens; null where none was seen. */
export function portGiven(
  hops: readonly Treatment[],
  reason: EndReason | null,
  values: Values,
): Values | null {
  if (!closedPorts.some((one) => one === reason) || values.service !== undefined) return null;
  for (const { node, changes, rules } of hops) {
    const given = changes.some(({ field, after }) => field === 'destinationPort' && after === values.port);
    const step = rules.findLast(({ rule }) => targets.destination.test(rule ?? ''));
    if (!given || step === undefined || ofOthers.test(step.chain)) continue;
    return {
      givenPort: values.port ?? '',
      portGiver: node,
      portRule: step.rule ?? '',
      // The rule is wrong, and not the Service.
      nodePortPatch: '',
      ...toOpenPort(step, values),
    };
  }
  return null;
}

/** The rule as it is typed to lead to the node port of a Service, or to the only port that is open. */
function toOpenPort(
  { rule, family, table, chain, line, handle }: Step,
  { openPort = '', nearNodePort = '' }: Values,
): Values {
  const port = nearNodePort || openPort;
  const other = rule?.replace(/(?<=--to-destination \S+:|--to-ports |\bto \S*:)\d+(-\d+)?/, port);
  if (port === '' || rule === null || other === undefined || other === rule) return {};
  if (line !== null) {
    const tool = family === 'ip6' ? 'ip6tables' : 'iptables';
    return { porting: `${tool} -t ${table} -R ${chain} ${line} ${other.replace(/^-A \S+ /, '').trim()}` };
  }
  return {
    porting: `nft replace rule ${family} ${table} ${chain} handle ${handle} '${other.replace(counted, '')}'`,
  };
}

const counted = /\bcounter packets \d+ bytes \d+ /;

/** The rule as it is typed to give another address: the node's own as a source, one to be filled in as a destination. */
function otherwise({ rule, chain, line }: Step, address: string): Values {
  if (rule === null || line === null) return {};
  const tool = address.includes(':') ? 'ip6tables' : 'iptables';
  const replaced = `${tool} -t nat -R ${chain} ${line} ${rule.replace(/^-A \S+ /, '').trim()}`;
  if (/ -j SNAT /.test(rule)) return { masquerading: replaced.replace(/ -j SNAT .*$/, ' -j MASQUERADE') };
  const to = / -j DNAT .*?--to-destination (\S+)/.exec(rule)?.[1] ?? '';
  const named = to === address || to.startsWith(`${address}:`) || to.startsWith(`[${address}]`);
  return named ? { redirecting: replaced.replace(to, to.replace(address, 'ADDRESS')) } : {};
}
