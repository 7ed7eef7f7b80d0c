import type { Listener, NodeState } from '../../state/observation.ts';
import { isOneSlipFrom } from '../../text/nearest.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Headers } from './packet.ts';
import { kubectl } from './rule-owner.ts';
import { rulesetOf } from './ruleset.ts';
import { servicePortOf } from './service-rules.ts';

/** Ports of every node that the API server gives to Services where nothing else is set. */
const nodePortRange = [30000, 32767] as const;

/** Ports on which kubelet, kube-proxy, the scheduler and the controller manager answer questions about themselves. */
const ownPorts = [10248, 10249, 10250, 10255, 10256, 10257, 10259];

const families = ['ipv4', 'ipv6'] as const;

/** A node with rules of kube-proxy. */
const isOfCluster = ({ rules }: NodeState): boolean =>
  families.some((family) => rules[family].includes(':KUBE-SERVICES '));

/** The programs that a packet may be meant for: those by which a cluster itself is run are none. */
export const programsOf = (state: NodeState): Listener[] =>
  isOfCluster(state) ? state.listeners.filter(({ port }) => !ownPorts.includes(port)) : state.listeners;

/**
 * A packet for a closed port of a cluster's node: the node ports that Services have, and whether this one would be
 * such a port.
 * @param came the packet as it came to the node: what the node's own rules have sent to a program is for no node port.
 */
export function nodePortValues(state: NodeState, headers: Headers, came: Headers): Values {
  const { protocol, destinationPort: port } = headers;
  if (!isOfCluster(state) || port === null) return {};
  const known = nodePortsOf(state, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  const near = nearOf(
    known.filter((one) => one.protocol === protocol),
    port,
  );
  const named = [...new Set(known.map((one) => nameOf(one, protocol)))];
  const shown = named.length <= 3 ? named : near === null ? [] : [nameOf(near, protocol)];
  const values = { nodePorts: shown.join(', '), nearNodePort: near === null ? '' : String(near.port) };
  const [first, last] = nodePortRange;
  const has = known.some((one) => one.protocol === protocol && one.port === port);
  if (has || came.destinationPort !== port || port < first || port > last) return values;
  return { ...values, nodePort: String(port), nodePortAt: kubectl, ...patchOf(state, near, port) };
}

interface NodePort {
  /** `NAMESPACE/SERVICE`, and the name of its port where it has one. */
  title: string;
  protocol: string;
  port: number;
}

const line =
  /^-A KUBE-(?:NODEPORTS|EXTERNAL-SERVICES) -p (\w+) .*--comment "([^"/\s]+\/[^"\s]+)(?: has no (?:local )?endpoints)?" .*--dport (\d+) /;

/** The rules of node ports; one of a Service without endpoints refuses (pkg/proxy/iptables/proxier.go). */
function nodePortsOf(state: NodeState, family: 'ipv4' | 'ipv6'): NodePort[] {
  const rules = rulesetOf(state, family);
  const lines = [
    ...(rules?.get('nat')?.get('KUBE-NODEPORTS')?.lines ?? []),
    ...(rules?.get('filter')?.get('KUBE-EXTERNAL-SERVICES')?.lines ?? []).filter(({ text }) =>
      text.includes('--dst-type LOCAL'),
    ),
  ];
  return lines.flatMap(({ text }) => {
    const [, protocol = '', title = '', port = ''] = line.exec(text) ?? [];
    return port === '' ? [] : [{ title, protocol, port: Number(port) }];
  });
}

/** Whether a Service has the port on each node of the cluster. */
export const hasNodePort = (
  state: NodeState,
  family: 'ipv4' | 'ipv6',
  protocol: string,
  port: number | null,
): boolean =>
  isOfCluster(state) &&
  nodePortsOf(state, family).some((one) => one.protocol === protocol && one.port === port);

const serviceOf = ({ title }: NodePort): string => /\/([^:]+)/.exec(title)?.[1] ?? '';

const nameOf = (one: NodePort, protocol: string): string =>
  `${serviceOf(one)} ${one.port}${one.protocol === protocol ? '' : `/${one.protocol}`}`;

/** The only node port, or the only one that is spelt nearly alike. */
function nearOf(known: readonly NodePort[], port: number): NodePort | null {
  const alike = known.filter((one) => isOneSlipFrom(String(one.port), String(port)));
  const near = alike.length > 0 ? alike : known;
  const [only] = near;
  return only === undefined || new Set(near.map((one) => one.port)).size > 1 ? null : only;
}

/** What gives a Service the node port: `kubectl patch` finds the entry by the Service's own port. */
function patchOf(state: NodeState, near: NodePort | null, nodePort: number): Values {
  const port = near === null ? null : servicePortOf(state, near.title, near.protocol);
  if (near === null || port === null) return {};
  return {
    nodePortService: serviceOf(near),
    nodePortNamespace: near.title.split('/')[0] ?? '',
    nodePortPatch: JSON.stringify({ spec: { ports: [{ port, nodePort }] } }),
  };
}
