import { balance, remember, writeEndpoint } from './balance.ts';
import type { Choice } from './endpoints.ts';
import type { Tables } from './frame.ts';
import { chainHash } from './names.ts';
import { inCidr } from './networks.ts';
import { takingNodePorts } from './node-ports.ts';
import { localMatch, type ProxyOptions } from './options.ts';
import type { Front } from './service-ports.ts';
import { comment, type TableWriter } from './table.ts';

/** Writes a service port as kube-proxy 1.20.2 does: KUBE-XLB and KUBE-MARK-DROP, masquerading in KUBE-SERVICES. */
export function write120(
  { nat, filter }: Tables,
  front: Front,
  choice: Choice,
  options: ProxyOptions,
  large: boolean,
): void {
  const hash = chainHash(front.title, front.protocol);
  const [service, localChain] = [`KUBE-SVC-${hash}`, `KUBE-XLB-${hash}`];
  const outside = front.externalLocal ? localChain : service;
  if (choice.any) nat.declare(service);
  if (front.externalLocal) nat.declare(localChain);
  if (!choice.any) {
    refuse(filter, front, options);
    return;
  }

  const proto = `-m ${front.protocol} -p ${front.protocol}`;
  const to = (address: string) => `${proto} -d ${address} --dport ${front.port}`;
  const add = (kind: string, ip: string, ...rest: string[]) =>
    nat.add('KUBE-SERVICES', comment(`${front.title} ${kind}`), to(ip), ...rest);
  const foreign = options.masqueradeAll ? '' : localMatch(options.local, true);
  if (foreign !== null) add('cluster IP', front.clusterIP, foreign, '-j KUBE-MARK-MASQ');
  add('cluster IP', front.clusterIP, `-j ${service}`);
  for (const ip of front.externalIPs) {
    if (!front.externalLocal) add('external IP', ip, '-j KUBE-MARK-MASQ');
    add('external IP', ip, `-m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ${outside}`);
    add('external IP', ip, `-m addrtype --dst-type LOCAL -j ${outside}`);
  }
  for (const ip of front.balancerIPs) {
    add('loadbalancer IP', ip, `-j KUBE-FW-${hash}`);
    writeFirewall(nat, front, ip, outside, options);
  }
  if (front.nodePort !== null) {
    // A `continue` in 1.20.2 leaves the whole service without endpoints where no address takes node ports.
    if (takingNodePorts(options)?.length === 0) return;
    const port = `${proto} --dport ${front.nodePort}`;
    const source = front.externalLocal ? '-s 127.0.0.0/8' : null;
    nat.add('KUBE-NODEPORTS', comment(front.title), port, source, '-j KUBE-MARK-MASQ');
    nat.add('KUBE-NODEPORTS', comment(front.title), port, `-j ${outside}`);
  }
  const remark = large ? null : comment(front.title);
  remember(nat, service, front, choice.cluster, () => remark);
  balance(nat, service, front, choice.cluster, () => remark);
  for (const endpoint of choice.cluster) writeEndpoint(nat, front, endpoint, large);
  if (front.externalLocal) writeLocal(nat, front, choice, service, localChain, options);
}

/** Under the Local policy: pods and the node take the service chain, all others the node's endpoints. */
function writeLocal(
  nat: TableWriter,
  front: Front,
  choice: Choice,
  service: string,
  chain: string,
  options: ProxyOptions,
): void {
  const own = localMatch(options.local, false);
  const redirect = 'Redirect pods trying to reach external loadbalancer VIP to clusterIP';
  if (own !== null) nat.add(chain, comment(redirect), own, `-j ${service}`);
  const fromNode = '-m addrtype --src-type LOCAL';
  const about = `LOCAL traffic for ${front.title} LB IP`;
  nat.add(chain, comment(`masquerade ${about}`), fromNode, '-j KUBE-MARK-MASQ');
  nat.add(chain, comment(`route ${about} to service chain`), fromNode, `-j ${service}`);
  if (choice.local.length === 0) {
    nat.add(chain, comment(`${front.title} has no local endpoints`), '-j KUBE-MARK-DROP');
    return;
  }
  remember(nat, chain, front, choice.local, () => comment(front.title));
  balance(nat, chain, front, choice.local, (_, index) =>
    comment(`Balancing rule ${index} for ${front.title}`),
  );
}

/** Written once for every address of the balancer, into the same chain. */
function writeFirewall(
  nat: TableWriter,
  front: Front,
  ip: string,
  outside: string,
  { nodeIP }: ProxyOptions,
): void {
  const chain = `KUBE-FW-${chainHash(front.title, front.protocol)}`;
  const remark = comment(`${front.title} loadbalancer IP`);
  nat.declare(chain);
  if (!front.externalLocal) nat.add(chain, remark, '-j KUBE-MARK-MASQ');
  if (front.sourceRanges.length === 0) nat.add(chain, remark, `-j ${outside}`);
  for (const range of front.sourceRanges) nat.add(chain, remark, `-s ${range}`, `-j ${outside}`);
  if (nodeIP !== null && front.sourceRanges.some((range) => inCidr(nodeIP, range)))
    nat.add(chain, remark, `-s ${ip}`, `-j ${outside}`);
  nat.add(chain, remark, '-j KUBE-MARK-DROP');
}

function refuse(filter: TableWriter, front: Front, options: ProxyOptions): void {
  const remark = comment(`${front.title} has no endpoints`);
  const proto = `-m ${front.protocol} -p ${front.protocol}`;
  const to = (ip: string) => `${proto} -d ${ip} --dport ${front.port}`;
  filter.add('KUBE-SERVICES', remark, to(front.clusterIP), '-j REJECT');
  for (const ip of [...front.externalIPs, ...front.balancerIPs])
    filter.add('KUBE-EXTERNAL-SERVICES', remark, to(ip), '-j REJECT');
  if (front.nodePort === null) return;
  if (takingNodePorts(options)?.length === 0) return;
  const port = `-m addrtype --dst-type LOCAL ${proto} --dport ${front.nodePort}`;
  filter.add('KUBE-EXTERNAL-SERVICES', remark, port, '-j REJECT');
}
