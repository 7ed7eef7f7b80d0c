import type { PacketReason } from '../../path/recording/hop.ts';
import type { Prompt } from '../../verdict/evidence.ts';
import type { CureLine, Values } from '../../verdict/verdict.ts';

/** `at`: the prompt of the node that one of the values names. */
type Cure = (values: Values, prompt: Prompt, at: (value: string) => Prompt) => CureLine[];

/** The cures of the reasons that no check asks about. */
export const packetCures: Record<PacketReason, Cure> = {
  ttl: ({ dst }, { ip, shell }) => [{ on: shell, run: `${ip} route get ${dst}`, or: false }],
  mtu: ({ link, length }, { ip, shell }) => [
    { on: shell, run: `${ip} link set dev ${link} mtu ${length}`, or: false },
  ],
  // Of a path that the node knows to be narrow: the link that makes it so is elsewhere.
  'mtu-here': ({ link, length }, { ip, shell }) =>
    link === undefined ? [] : [{ on: shell, run: `${ip} link set dev ${link} mtu ${length}`, or: false }],
  'mtu-unheard': ({ table, chainName, line, policyChain }, _, prompt) => {
    const exec = prompt('deaf').exec;
    const accept = `-I ${chainName} -p icmp --icmp-type fragmentation-needed -j ACCEPT`;
    const run = policyChain ? `-t ${table} ${accept}` : `-t ${table} -D ${chainName} ${line}`;
    return [{ on: prompt('deaf').shell, run: `${exec}iptables ${run}`, or: false }];
  },
  'kept-connection': ({ deletion = '' }, _, prompt) => {
    const { shell, exec } = prompt('router');
    return [{ on: shell, run: `${exec}${deletion}`, or: false }];
  },
  // The cure is in the server's own settings.
  'other-source': () => [],
  'service-silent': () => [],
  'service-one-way': () => [],
  'question-unknown': () => [],
};
