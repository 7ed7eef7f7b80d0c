import { sameAddress } from '../../state/ip.ts';
import type { NodeState } from '../../state/observation.ts';
import { rulesetOf } from './ruleset.ts';

export interface ServicePort {
  namespace: string;
  service: string;
  protocol: string;
  port: number;
}

/** A rule of kube-proxy for one port of one address of a Service. */
export const serviceLine =
  /^-A KUBE-SERVICES -d ([^/\s]+)\/\d+ -p (\w+) .*--comment "([^"/\s]+)\/([^":\s]+)[^"]*".* --dport (\d+) /;

/** The ports that the node's rules have for an address. */
export function portsOf(state: NodeState, address: string): ServicePort[] {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  // Most nodes have no cluster's rules, and these need not be parsed.
  if (!state.rules[family].includes(':KUBE-SERVICES ')) return [];
  const rules = rulesetOf(state, family);
  return ['nat', 'filter'].flatMap((table) =>
    (rules?.get(table)?.get('KUBE-SERVICES')?.lines ?? []).flatMap(({ text }) => {
      const [, to = '', protocol = '', namespace = '', service = '', port = ''] =
        serviceLine.exec(text) ?? [];
      return to !== '' && sameAddress(to, address)
        ? [{ namespace, service, protocol, port: Number(port) }]
        : [];
    }),
  );
}

/** The Service's own port behind the title `NAMESPACE/SERVICE[:NAME]` in a node's rules; null where none names it. */
export function servicePortOf(state: NodeState, title: string, protocol: string): number | null {
  for (const family of ['ipv4', 'ipv6'] as const) {
    if (!state.rules[family].includes(':KUBE-SERVICES ')) continue;
    const rules = rulesetOf(state, family);
    const lines = ['nat', 'filter'].flatMap((table) => rules?.get(table)?.get('KUBE-SERVICES')?.lines ?? []);
    for (const { text } of lines) {
      const [, , of = '', , , port = ''] = serviceLine.exec(text) ?? [];
      if (of === protocol && text.includes(` --comment "${title} `)) return Number(port);
    }
  }
  return null;
}

/** The Services that the node's rules name. */
export function servicesOf(state: NodeState): Pick<ServicePort, 'namespace' | 'service'>[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) =>
    state.rules[family].includes(':KUBE-SERVICES ')
      ? state.rules[family].split('\n').flatMap((text) => {
          const [, , , namespace = '', service = ''] = serviceLine.exec(text) ?? [];
          return service === '' ? [] : [{ namespace, service }];
        })
      : [],
  );
}
