import { balance, remember, writeEndpoint } from './balance.ts';
import type { Choice, Endpoint } from './endpoints.ts';
import type { Tables } from './frame.ts';
import { chainHash } from './names.ts';
import { inCidr } from './networks.ts';
import { servesLocalhost } from './node-ports.ts';
import { localMatch, type ProxyOptions } from './options.ts';
import { type Front, isExternal } from './service-ports.ts';
import { comment } from './table.ts';

/** A service port with its endpoints and the chains that lead to them. */
interface Plan {
  front: Front;
  choice: Choice;
  large: boolean;
  cluster: string;
  local: string;
  external: string;
  firewall: string;
  internal: string;
  hasInternal: boolean;
  hasExternal: boolean;
}

/** Writes a service port as kube-proxy 1.30 and later does. `large`: over 1000 endpoints, without comments. */
export function writeToday(
  tables: Tables,
  front: Front,
  choice: Choice,
  options: ProxyOptions,
  large: boolean,
): void {
  const hash = chainHash(front.title, front.protocol);
  const [cluster, local] = [`KUBE-SVC-${hash}`, `KUBE-SVL-${hash}`];
  const plan: Plan = {
    front,
    choice,
    large,
    cluster,
    local,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    internal: front.internalLocal ? local : cluster,
    hasInternal: choice.any && (!front.internalLocal || choice.local.length > 0),
    hasExternal: choice.any && (!front.externalLocal || choice.local.length > 0),
  };
  writeFronts(tables, plan, options);
  writeChains(tables, plan, options);
}

/** The ways in: cluster address, external addresses, balancer addresses, node port. */
function writeFronts({ nat, filter }: Tables, plan: Plan, options: ProxyOptions): void {
  const { front, choice, firewall } = plan;
  const proto = `-m ${front.protocol} -p ${front.protocol}`;
  const to = (address: string) => `${proto} -d ${address} --dport ${front.port}`;
  const refuse = (chain: string, match: string) => {
    const what = comment(`${front.title} has no ${choice.any ? 'local ' : ''}endpoints`);
    filter.add(chain, what, match, choice.any ? '-j DROP' : '-j REJECT');
  };
  if (plan.hasInternal)
    nat.add(
      'KUBE-SERVICES',
      comment(`${front.title} cluster IP`),
      to(front.clusterIP),
      `-j ${plan.internal}`,
    );
  else refuse('KUBE-SERVICES', to(front.clusterIP));

  const guarded = front.sourceRanges.length > 0;
  const outside = [
    ...front.externalIPs.map((ip) => ({ ip, kind: 'external IP', chain: plan.external })),
    ...front.balancerIPs.map((ip) => ({
      ip,
      kind: 'loadbalancer IP',
      chain: guarded ? firewall : plan.external,
    })),
  ];
  for (const { ip, kind, chain } of outside) {
    if (choice.any) nat.add('KUBE-SERVICES', comment(`${front.title} ${kind}`), to(ip), `-j ${chain}`);
    if (choice.any && chain === firewall)
      filter.add(
        'KUBE-PROXY-FIREWALL',
        comment(`${front.title} traffic not accepted by ${firewall}`),
        to(ip),
        '-j DROP',
      );
    if (!plan.hasExternal) refuse('KUBE-EXTERNAL-SERVICES', to(ip));
  }
  if (front.nodePort !== null) {
    const dport = `--dport ${front.nodePort}`;
    const port = `${proto} ${dport}`;
    const counter = '-m nfacct --nfacct-name localhost_nps_accepted_pkts';
    const jump = (...match: string[]) =>
      nat.add('KUBE-NODEPORTS', comment(front.title), ...match, `-j ${plan.external}`);
    if (choice.any && options.nfacct && servesLocalhost(options))
      jump(proto, '-d 127.0.0.0/8', dport, counter);
    if (choice.any) jump(port);
    if (!plan.hasExternal) refuse('KUBE-EXTERNAL-SERVICES', `-m addrtype --dst-type LOCAL ${port}`);
  }
  if (front.healthCheckNodePort !== null)
    filter.add(
      'KUBE-NODEPORTS',
      comment(`${front.title} health check node port`),
      `-m tcp -p tcp --dport ${front.healthCheckNodePort}`,
      '-j ACCEPT',
    );
}

function writeChains({ nat }: Tables, plan: Plan, options: ProxyOptions): void {
  const { front, choice } = plan;
  if (plan.hasInternal) writeMasquerade(nat, plan, options);
  if (choice.any && isExternal(front)) writeExternal(nat, plan, options);
  const say = (endpoint: Endpoint) => (plan.large ? null : comment(`${front.title} -> ${endpoint.text}`));
  for (const [chain, endpoints] of [
    [plan.cluster, choice.cluster],
    [plan.local, choice.local],
  ] as const) {
    if (endpoints.length === 0) continue;
    nat.declare(chain);
    remember(nat, chain, front, endpoints, say);
    balance(nat, chain, front, endpoints, say);
  }
  for (const endpoint of choice.reachable) writeEndpoint(nat, front, endpoint, plan.large);
}

/** Traffic to the cluster address from outside the pods comes back only if it is masqueraded. */
function writeMasquerade(nat: Tables['nat'], { front, internal }: Plan, options: ProxyOptions): void {
  const foreign = options.masqueradeAll ? '' : localMatch(options.local, true);
  nat.declare(internal);
  if (foreign === null) return;
  const proto = `-m ${front.protocol} -p ${front.protocol}`;
  const match = `${proto} -d ${front.clusterIP} --dport ${front.port}`;
  nat.add(internal, comment(`${front.title} cluster IP`), match, foreign, '-j KUBE-MARK-MASQ');
}

/** The chain for traffic from outside; under the Local policy pods and the node itself take the short way. */
function writeExternal(nat: Tables['nat'], plan: Plan, options: ProxyOptions): void {
  const { front, external, cluster } = plan;
  const about = `${front.title} external destinations`;
  nat.declare(external);
  if (front.externalLocal) {
    const own = localMatch(options.local, false);
    const fromNode = '-m addrtype --src-type LOCAL';
    if (own !== null) nat.add(external, comment(`pod traffic for ${about}`), own, `-j ${cluster}`);
    nat.add(external, comment(`masquerade LOCAL traffic for ${about}`), fromNode, '-j KUBE-MARK-MASQ');
    nat.add(external, comment(`route LOCAL traffic for ${about}`), fromNode, `-j ${cluster}`);
    if (plan.hasExternal) nat.add(external, `-j ${plan.local}`);
  } else {
    nat.add(external, comment(`masquerade traffic for ${about}`), '-j KUBE-MARK-MASQ');
    nat.add(external, `-j ${cluster}`);
  }
  if (front.balancerIPs.length > 0 && front.sourceRanges.length > 0) writeFirewall(nat, plan, options);
}

/** loadBalancerSourceRanges: a packet that returns from here is dropped in filter KUBE-PROXY-FIREWALL. */
function writeFirewall(nat: Tables['nat'], plan: Plan, { nodeIP }: ProxyOptions): void {
  const { front, firewall, external } = plan;
  const remark = comment(`${front.title} loadbalancer IP`);
  nat.declare(firewall);
  for (const range of front.sourceRanges) nat.add(firewall, remark, `-s ${range}`, `-j ${external}`);
  if (nodeIP !== null && front.sourceRanges.some((range) => inCidr(nodeIP, range)))
    for (const ip of front.balancerIPs) nat.add(firewall, remark, `-s ${ip}`, `-j ${external}`);
  nat.add(firewall, comment(`other traffic to ${front.title} will be dropped by KUBE-PROXY-FIREWALL`));
}
