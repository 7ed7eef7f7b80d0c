import type { PacketReason } from '../../path/recording/hop.ts';
import type { Prompt } from '../../verdict/evidence.ts';
import type { CureLine, Values } from '../../verdict/verdict.ts';

/** `at`: the prompt of the node that one of the values names. */
type Cure = (values: Values, prompt: Prompt, at: (value: string) => Prompt) => CureLine[];

const toolFor = (address: string): string => (address.includes(':') ? 'ip6tables' : 'iptables');

/** Deletes a rule with the program that shows it. */
function deleting(values: Values, { shell, exec }: Prompt): CureLine[] {
  const { family, table, chainName, line, handle = '', dst = '' } = values;
  const own = `nft delete rule ${family} ${table} ${chainName} handle ${handle}`;
  const run = handle === '' ? `${toolFor(dst)} -t ${table} -D ${chainName} ${line}` : own;
  return [{ on: shell, run: `${exec}${run}`, or: false }];
}

/** Gives an interface another MTU, the one below it first where that is too small. */
function widened(
  link: string,
  length: string,
  { ip, shell }: Prompt,
  values: Values,
  at: (value: string) => Prompt,
) {
  const under = at('belowNode');
  const lower = `${under.ip} link set dev ${values.belowLink} mtu ${values.belowMtu}`;
  const own = { on: shell, run: `${ip} link set dev ${link} mtu ${length}`, or: false };
  return values.belowLink === undefined ? [own] : [{ on: under.shell, run: lower, or: false }, own];
}

/** The cures of the reasons that no check asks about. */
export const packetCures: Record<PacketReason, Cure> = {
  // Without such a rule or setting the way is too long.
  ttl: (values, _, prompt) => {
    const { setter, sender, ttlKey, usual, unlimited, dst = '' } = values;
    if (setter !== undefined) return deleting(values, prompt('setter'));
    const { shell, exec, ip } = prompt('sender');
    if (unlimited !== undefined)
      return [
        { on: shell, run: `${ip}${dst.includes(':') ? ' -6' : ''} route replace ${unlimited}`, or: false },
      ];
    const run = `${exec}sysctl -w ${ttlKey}=${usual}`;
    return sender === undefined ? [] : [{ on: shell, run, or: false }];
  },
  mtu: (values, own, prompt) => {
    const { link = '', length = '', dst = '', widened: route } = values;
    if (route === undefined) return widened(link, length, own, values, prompt);
    const six = dst.includes(':') ? ' -6' : '';
    return [{ on: own.shell, run: `${own.ip}${six} route replace ${route}`, or: false }];
  },
  // Of a path that the node knows to be narrow: the link that makes it so is elsewhere.
  'mtu-here': (values, own, prompt) => {
    const { link, length = '', stale, narrowLink, dst = '' } = values;
    const { ip, shell } = own;
    const forget = `${ip}${dst.includes(':') ? ' -6' : ''} route flush cache`;
    if (stale !== undefined) return [{ on: shell, run: forget, or: false }];
    if (narrowLink !== undefined) {
      return [
        ...widened(narrowLink, length, prompt('narrowNode'), values, prompt),
        { on: shell, run: forget, or: false },
      ];
    }
    return link === undefined ? [] : widened(link, length, own, values, prompt);
  },
  'mtu-unheard': (values, _, prompt) => {
    const { table, dst = '', policyChain = '', handle = '' } = values;
    const { shell, exec } = prompt('deaf');
    if (policyChain === '' || handle !== '') return deleting(values, prompt('deaf'));
    const accept = dst.includes(':')
      ? '-p icmpv6 --icmpv6-type packet-too-big -j ACCEPT'
      : '-p icmp --icmp-type fragmentation-needed -j ACCEPT';
    return [{ on: shell, run: `${exec}${toolFor(dst)} -t ${table} -I ${policyChain} ${accept}`, or: false }];
  },
  'kept-connection': ({ deletion = '' }, _, prompt) => {
    const { shell, exec } = prompt('router');
    return [{ on: shell, run: `${exec}${deletion}`, or: false }];
  },
  // A filter of tc is seen by `tc filter show` only.
  diverted: (values, prompt) => (values.forwarder === undefined ? [] : deleting(values, prompt)),
  // The cure is in the server's own settings.
  'other-source': () => [],
  'service-silent': () => [],
  'service-one-way': () => [],
  'question-unknown': () => [],
  'answer-missing': () => [],
  'answer-ignored': () => [],
};
