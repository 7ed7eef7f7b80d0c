import type { Pod } from '../objects/pod.ts';
import { chainHash } from '../proxy/names.ts';
import type { Direction, NetworkPolicy, Peer, PolicyPort } from './objects.ts';
import { isInNetwork, isSelected, type PolicySources, placesOf, portMatches } from './peers.ts';

/**
 * The rules that kube-router's policy controller writes on a node (pkg/controllers/netpol), with four differences:
 * addresses stand in the rules and not in ipsets, a policy has a chain for each direction, pods that no policy selects
 * have no chain, and the REJECT names the policies.
 */
interface PolicyRules {
  /** Chain -> its rules; all in the table filter. */
  chains: Map<string, string[]>;
  /** In INPUT, FORWARD and OUTPUT, as the first rule. */
  jumps: { chain: string; rule: string }[];
}

const allowed = '0x10000/0x10000';
const accepted = '0x20000/0x20000';
const bases = ['INPUT', 'FORWARD', 'OUTPUT'];

const commented = (words: string): string => `-m comment --comment "${words}"`;
const titleOf = ({ metadata }: Pod | NetworkPolicy): string => `${metadata.namespace}/${metadata.name}`;

export function policyRules(policed: PolicySources, node: string, serviceCIDR: string): PolicyRules {
  const chains = new Map<string, string[]>();
  const local = policed.pods.filter((pod) => pod.spec.nodeName === node && isInNetwork(pod));
  const guarded = local.filter((pod) => policed.policies.some((policy) => isSelected(policy, pod)));
  if (guarded.length === 0) return { chains, jumps: [] };
  for (const base of bases) chains.set(`KUBE-ROUTER-${base}`, []);
  chains
    .get('KUBE-ROUTER-INPUT')
    ?.push(
      `-d ${serviceCIDR} ${commented('allow traffic to primary cluster IP range')} -j RETURN`,
      ...['tcp', 'udp'].map(
        (protocol) =>
          `-p ${protocol} ${commented(`allow LOCAL ${protocol.toUpperCase()} traffic to node ports`)} -m addrtype --dst-type LOCAL -m multiport --dports 30000:32767 -j RETURN`,
      ),
    );
  for (const pod of guarded) {
    const chain = podChain(pod);
    const words = (way: string) =>
      commented(
        `rule to jump traffic ${way} POD name:${pod.metadata.name} namespace: ${pod.metadata.namespace} to chain ${chain}`,
      );
    for (const base of ['FORWARD', 'OUTPUT'])
      chains
        .get(`KUBE-ROUTER-${base}`)
        ?.push(`-d ${pod.status?.podIP}/32 ${words('destined to')} -j ${chain}`);
    for (const base of bases)
      chains.get(`KUBE-ROUTER-${base}`)?.push(`-s ${pod.status?.podIP}/32 ${words('from')} -j ${chain}`);
    chains.set(chain, podRules(pod, policed));
  }
  for (const policy of policed.policies)
    for (const direction of typesOf(policy))
      if (guarded.some((pod) => isSelected(policy, pod)))
        chains.set(policyChain(policy, direction), directionRules(policy, direction, policed, guarded));
  chains.set(standard, standardRules);
  const end = commented('rule to explicitly ACCEPT traffic that comply to network policies');
  for (const base of bases)
    chains.get(`KUBE-ROUTER-${base}`)?.push(`${end} -m mark --mark ${accepted} -j ACCEPT`);
  const jumps = bases.map((chain) => ({
    chain,
    rule: `${commented('kube-router netpol')} -j KUBE-ROUTER-${chain}`,
  }));
  return { chains, jumps };
}

export const isPolicyChain = (chain: string): boolean => /^KUBE-(ROUTER|POD-FW|NWPLCY)-/.test(chain);

const podChain = (pod: Pod): string => `KUBE-POD-FW-${chainHash(titleOf(pod), '')}`;
const policyChain = (policy: NetworkPolicy, direction: Direction): string =>
  `KUBE-NWPLCY-${chainHash(titleOf(policy), direction)}`;
const typesOf = ({ spec }: NetworkPolicy): Direction[] => spec.policyTypes ?? ['Ingress'];

const standard = 'KUBE-NWPLCY-DEFAULT';
const standardRules = [
  `${commented('allow traffic of a direction that no policy is about')} -j MARK --set-xmark ${allowed}`,
];

function podRules(pod: Pod, { policies }: PolicySources): string[] {
  const address = `${pod.status?.podIP}/32`;
  const own = policies.filter((policy) => isSelected(policy, pod));
  const through = (direction: Direction): string[] => {
    const way = direction === 'Ingress' ? `-d ${address}` : `-s ${address}`;
    const about = own.filter((policy) => typesOf(policy).includes(direction));
    if (about.length === 0)
      return [
        `${way} ${commented(`run through default ${direction.toLowerCase()} network policy chain`)} -j ${standard}`,
      ];
    return about.map(
      (policy) =>
        `${way} ${commented(`run through nw policy ${policy.metadata.name}`)} -j ${policyChain(policy, direction)}`,
    );
  };
  return [
    `${commented('rule for stateful firewall for pod')} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    `${commented('rule to drop invalid state for pod')} -m conntrack --ctstate INVALID -j DROP`,
    `-d ${address} ${commented("rule to permit the traffic to pods when source is the pod's local node")} -m addrtype --src-type LOCAL -j ACCEPT`,
    ...through('Egress'),
    ...through('Ingress'),
    `${commented(refusal(pod, own))} -m mark ! --mark ${allowed} -j REJECT`,
    `-j MARK --set-xmark 0x0/0x10000`,
    `${commented('set mark to ACCEPT traffic that comply to network policies')} -j MARK --set-xmark ${accepted}`,
  ];
}

/** With the policies' names behind kube-router's own words: none of them allows it. A comment has 255 bytes. */
function refusal({ metadata }: Pod, policies: readonly NetworkPolicy[]): string {
  const names = policies.map((policy) => policy.metadata.name).join(', ');
  const words = `rule to REJECT traffic destined for POD name:${metadata.name} namespace: ${metadata.namespace}`;
  return `${words}, not allowed by ${names}`.slice(0, 250);
}

/** Two rules for each peer and port: mark allowed packets, and return at once. */
function directionRules(
  policy: NetworkPolicy,
  direction: Direction,
  policed: PolicySources,
  guarded: readonly Pod[],
): string[] {
  const { name, namespace = '' } = policy.metadata;
  const rules: { peers: Peer[] | undefined; ports: PolicyPort[] | undefined }[] =
    direction === 'Ingress'
      ? (policy.spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (policy.spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  const end = direction === 'Ingress' ? 's' : 'd';
  const targets = guarded.filter((pod) => isSelected(policy, pod));
  return rules.flatMap(({ peers, ports }) => {
    const every = peers === undefined || peers.length === 0;
    const places = every
      ? [{ address: '', pod: undefined, block: false }]
      : peers.flatMap((peer) =>
          placesOf(peer, namespace, policed).map(({ address, pod }) => ({
            address,
            pod,
            block: peer.ipBlock !== undefined,
          })),
        );
    return places.flatMap(({ address, pod, block }) => {
      const match = address === '' ? '' : `-${end} ${address} `;
      const kind = every ? 'all sources' : block ? 'specified ipBlocks' : 'source pods';
      const words =
        direction === 'Ingress'
          ? `${kind} to dest pods`
          : `source pods to ${kind.replace('source', 'dest').replace('sources', 'destinations')}`;
      const comment = commented(
        `rule to ACCEPT traffic from ${words} selected by policy name ${name} namespace ${namespace}`,
      );
      return portsOf(ports, direction, pod, targets).flatMap((port) => {
        const whole = `${match}${port}${port === '' ? '' : ' '}${comment}`;
        return [`${whole} -j MARK --set-xmark ${allowed}`, `${whole} -m mark --mark ${allowed} -j RETURN`];
      });
    });
  });
}

/** A port by its name is the one of the pod that the packet is for; in a policy's own pods it may be another in each. */
function portsOf(
  ports: readonly PolicyPort[] | undefined,
  direction: Direction,
  peer: Pod | undefined,
  targets: readonly Pod[],
): string[] {
  if (direction === 'Egress') return portMatches(ports, peer);
  const numbers = ports?.filter(({ port }) => typeof port !== 'string');
  const names = ports?.filter(({ port }) => typeof port === 'string') ?? [];
  if (names.length === 0) return portMatches(ports, undefined);
  return [
    ...(numbers?.length ? portMatches(numbers, undefined) : []),
    ...targets.flatMap((pod) =>
      portMatches(names, pod).map((match) => `-d ${pod.status?.podIP}/32 ${match}`),
    ),
  ];
}
