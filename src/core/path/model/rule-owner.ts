import type { Values } from '../../verdict/verdict.ts';

/** The node in whose shell kubectl has the cluster's administrator. */
const kubectl = 'host';

/** The network policies or the Service that a program made a rule for: a line that is deleted comes back. */
export function ownerOfRule(rule: string): Values {
  const [, pod = '', podNamespace = '', policies = ''] =
    /POD name:(\S+) namespace: ([^,"\s]+)(?:, not allowed by ([^"]+))?/.exec(rule) ?? [];
  const [, serviceNamespace = '', service = ''] =
    /"?([^"/\s]+)\/([^":\s]+)\S* has no endpoints/.exec(rule) ?? [];
  const policy = policies.split(', ')[0] ?? '';
  return {
    ...(pod === '' ? {} : { kubectl, pod, podNamespace, policies, policy }),
    ...(service === '' ? {} : { kubectl, service, serviceNamespace }),
  };
}
