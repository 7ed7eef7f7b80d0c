import { holds, sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { servicePortOf } from './service-rules.ts';

/** The node in whose shell kubectl has the cluster's administrator. */
export const kubectl = 'host';

interface Met {
  observation: Observation;
  /** The node that has the rule. */
  node: string;
  /** As `iptables -S` prints it. */
  rule: string;
  source: string;
  destination: string;
  protocol: string;
  /** Of the destination; null where it is not known, or there is none. */
  port: number | null;
}

/**
 * The object for which a program wrote the rule that stopped a packet: a network policy, a Service, a network of
 * Docker. To delete such a rule changes nothing for long, since the program writes it again.
 */
export function ownerOfRule(met: Met): Values {
  return { ...policyOf(met), ...serviceOf(met), ...networkOf(met) };
}

function policyOf(met: Met): Values {
  const { rule } = met;
  const [, pod = '', podNamespace = '', policies = ''] =
    /POD name:(\S+) namespace: ([^,"\s]+)(?:, not allowed by ([^"]+))?/.exec(rule) ?? [];
  const policy = policies.split(', ')[0] ?? '';
  if (pod === '') return {};
  return { kubectl, pod, podNamespace, policies, policy, patch: patchFor(met, pod, policy) };
}

/**
 * The options of `kubectl patch` by which a policy allows the packet too: a rule more, or its first one in a policy
 * that allows nothing yet. The labels of the other pod are in no state of the network; what is no pod has none, and is
 * allowed by its address.
 */
function patchFor(
  { observation, node, source, destination, protocol, port }: Met,
  pod: string,
  policy: string,
): string {
  const sent = observation.nodes[pod]?.links.some(({ addresses }) =>
    addresses.some(({ address }) => sameAddress(address, source)),
  );
  const [side, peer, way] =
    sent === true ? (['egress', 'to', '-s'] as const) : (['ingress', 'from', '-d'] as const);
  const ports =
    port === null || protocol === 'icmp' ? {} : { ports: [{ protocol: protocol.toUpperCase(), port }] };
  const other = sent === true ? destination : source;
  const from = isPod(observation, other)
    ? { podSelector: { matchLabels: { KEY: 'VALUE' } } }
    : { ipBlock: { cidr: `${other}/${other.includes(':') ? 128 : 32}` } };
  const value = { [peer]: [from], ...ports };
  const saved = observation.nodes[node]?.rules[source.includes(':') ? 'ipv6' : 'ipv4'].split('\n') ?? [];
  const through = `"run through nw policy ${policy}" -j `;
  const chain = saved.find((line) => line.includes(` ${way} `) && line.includes(through))?.split(through)[1];
  const bare = chain !== undefined && !saved.some((line) => line.startsWith(`-A ${chain} `));
  return bare
    ? `-p '${JSON.stringify({ spec: { [side]: [value] } })}'`
    : `--type=json -p '${JSON.stringify([{ op: 'add', path: `/spec/${side}/-`, value }])}'`;
}

const isPod = ({ nodes }: Observation, address: string): boolean =>
  Object.values(nodes).some(
    ({ kind, links }) =>
      kind === 'pod' &&
      links.some(({ addresses }) => addresses.some((one) => sameAddress(one.address, address))),
  );

/** The comments are kube-proxy's (pkg/proxy/iptables/proxier.go). */
const serviceRule =
  /"([^"/\s]+)\/([^":\s]+)\S* (has no endpoints|has no local endpoints|traffic not accepted by KUBE-\S+)"/;

function serviceOf({ rule }: Met): Values {
  const [, serviceNamespace = '', service = '', why = ''] = serviceRule.exec(rule) ?? [];
  if (service === '') return {};
  const inside = rule.startsWith('-A KUBE-SERVICES ') ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
  return {
    ...{ kubectl, service, serviceNamespace },
    ...(why === 'has no local endpoints' ? { localPolicy: inside } : {}),
    ...(why.startsWith('traffic') ? { sourceRanges: 'loadBalancerSourceRanges' } : {}),
  };
}

/** A rule, and the node that has it. */
interface RuleAt {
  node: string;
  rule: string;
}

/**
 * The Service that chose a pod, by kube-proxy's comment at the endpoint's DNAT, and what makes it send to another port
 * of the pod: ports of a Service are merged by their number, whatever their names. The packet may have come by a node
 * port or by a balancer, so its port is not the Service's own.
 */
export function targetBy({ nodes }: Observation, rules: readonly RuleAt[], openPort = ''): Values {
  const found = rules.find(({ rule }) => rule.startsWith('-A KUBE-SEP-') && rule.includes('-j DNAT'));
  const [, title = '', serviceNamespace = '', service = ''] =
    /--comment "?(([^"/\s]+)\/([^":\s]+)[^"\s]*)/.exec(found?.rule ?? '') ?? [];
  const [, protocol = ''] = / -p (\w+) /.exec(found?.rule ?? '') ?? [];
  const state = nodes[found?.node ?? ''];
  if (service === '') return {};
  const port = state === undefined ? null : servicePortOf(state, title, protocol);
  const ports = [{ port, targetPort: Number(openPort) }];
  const targetPatch = openPort === '' || port === null ? '' : JSON.stringify({ spec: { ports } });
  // It is a port of the Service's pod, and none that a Service would have on every node.
  const other = { nodePort: '', nodePorts: '', nearNodePort: '' };
  return { kubectl, service, serviceNamespace, targetPatch, ...other };
}

/**
 * The rules by which Docker keeps its networks apart, and internal ones closed (libnetwork/drivers/bridge): dropped is
 * what leaves by the bridge of another network, or passes the edge of an internal one.
 */
function networkOf({ observation, node, rule, source, destination }: Met): Values {
  const [, apart = ''] = /^-A DOCKER-ISOLATION-STAGE-2 -o (\S+) -j DROP$/.exec(rule) ?? [];
  const [, entered = '', left = ''] =
    /^-A DOCKER-(?:ISOLATION-STAGE-1|INTERNAL) ! -[sd] \S+ (?:-o (\S+)|-i (\S+)) -j DROP$/.exec(rule) ?? [];
  const internal = entered || left;
  if (apart === '' && internal === '') return {};
  const state = observation.nodes[node];
  const to = apart || entered || bridgeTo(state, destination) || 'docker0';
  return { engine: node, apart, internal, ...connecting(observation, source, to) };
}

/** `docker network connect`, for a container that sends to the network of another bridge. */
function connecting(observation: Observation, source: string, bridge: string): Values {
  const network = bridge === 'docker0' ? 'bridge' : /^br-([0-9a-f]{12})$/.exec(bridge)?.[1];
  const container = containerWith(observation, source);
  return network === undefined || container === undefined ? {} : { dockerNetwork: network, container };
}

/** The container that has an address. */
export const containerWith = ({ nodes }: Observation, address: string): string | undefined =>
  Object.entries(nodes).find(
    ([, { kind, links }]) =>
      kind === 'container' &&
      links.some(({ addresses }) => addresses.some((one) => sameAddress(one.address, address))),
  )?.[0];

const bridgeTo = (state: NodeState | undefined, destination: string): string | undefined =>
  state?.links.find(
    ({ kind, addresses }) =>
      kind === 'bridge' &&
      addresses.some(({ address, prefix }) => holds(`${address}/${prefix}`, destination)),
  )?.name;
