import { execFileSync } from 'node:child_process';
import { normalize, parseSave, serializeRule } from 'iptables-parser-ts';
import type { EndpointSlice, Service, SliceEndpoint } from '../../../src/cluster/proxy/objects.ts';
import { type ProxyOptions, proxyOptions } from '../../../src/cluster/proxy/options.ts';
import { type ProxyRules, proxyRules } from '../../../src/cluster/proxy/rules.ts';

type Spec = Service['spec'];

/** default/web of the reference: 10.96.0.50:80 to 8080. `spec` replaces fields of the service. */
export function web(spec: Partial<Spec> = {}, status?: Service['status']): Service {
  return {
    metadata: { namespace: 'default', name: 'web' },
    spec: { type: 'ClusterIP', clusterIP: '10.96.0.50', ports: [{ port: 80 }], ...spec },
    ...(status && { status }),
  };
}

export function nodePort(spec: Partial<Spec> = {}): Partial<Spec> {
  return { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], ...spec };
}

export function balancer(spec: Partial<Spec> = {}, ...ips: string[]): Service {
  const ingress = (ips.length > 0 ? ips : ['203.0.113.10']).map((ip) => ({ ip }));
  return web({ type: 'LoadBalancer', ...spec }, { loadBalancer: { ingress } });
}

export const [A, A2, B, C] = [
  on('node1', '10.244.1.5'),
  on('node1', '10.244.1.6'),
  on('node2', '10.244.2.5'),
  on('node2', '10.244.2.6'),
] as const;

export function on(node: string, address: string): SliceEndpoint {
  return { addresses: [address], nodeName: node, topology: { 'kubernetes.io/hostname': node } };
}

export function slice(
  endpoints: SliceEndpoint[],
  ports: EndpointSlice['ports'] = [{ name: '', port: 8080 }],
  service = 'web',
): EndpointSlice {
  const labels = { 'kubernetes.io/service-name': service };
  return {
    metadata: { namespace: 'default', name: `${service}-abcde`, labels },
    addressType: 'IPv4',
    ports,
    endpoints,
  };
}

export function options(given: Partial<ProxyOptions> = {}): ProxyOptions {
  const local = { mode: 'ClusterCIDR', cidr: '10.244.0.0/16' } as const;
  return proxyOptions({ nodeName: 'node1', nodeIP: '192.168.1.11', local, ...given });
}

/** The rules for one service, loaded by iptables-restore into an empty namespace, as iptables-save prints them. */
export function written(
  service: Service | Service[],
  slices: EndpointSlice | EndpointSlice[],
  given: Partial<ProxyOptions> = {},
): { rules: ProxyRules; chains: Map<string, string[]> } {
  const rules = proxyRules([service].flat(), [slices].flat(), options(given));
  return { rules, chains: loaded(rules.whole, given.family === 'ipv6' ? 'ip6tables' : 'iptables') };
}

/** `table chain` -> rules in one form. Fails where the tool refuses the text. */
export function loaded(text: string, tool = 'iptables'): Map<string, string[]> {
  const script = `${tool}-restore && ${tool}-save`;
  const saved = execFileSync('unshare', ['--net', 'sh', '-c', script], { input: text, encoding: 'utf8' });
  return chainsOf(saved);
}

export function chainsOf(text: string): Map<string, string[]> {
  const chains = new Map<string, string[]>();
  for (const table of parseSave(text).tables) {
    for (const { name } of table.chains) chains.set(`${table.name} ${name}`, []);
    for (const rule of table.rules)
      chains.get(`${table.name} ${rule.chain}`)?.push(serializeRule(normalize(rule)).trim());
  }
  return chains;
}

/** The chains of the second that differ from the first: their rules, empty chains by name. */
export function difference(before: Map<string, string[]>, after: Map<string, string[]>): string[] {
  return [...after].flatMap(([chain, rules]) => {
    const had = before.get(chain);
    if (had?.join('\n') === rules.join('\n')) return [];
    if (had === undefined && rules.length === 0) return [`:${chain}`];
    return rules.filter((rule) => !had?.includes(rule));
  });
}

/** Lines as they stand in a document, in the same form; chains first seen come in order. */
export function lines(table: 'nat' | 'filter', text: string): string[] {
  const rules = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const names = [...new Set(rules.map((rule) => rule.split(' ')[1] ?? ''))];
  const heads = names.map((name) => `:${name} ${/^[A-Z]+$/.test(name) ? 'ACCEPT' : '-'} [0:0]`);
  const save = [`*${table}`, ...heads, ...rules, 'COMMIT', ''].join('\n');
  return [...chainsOf(save).values()].flat();
}
