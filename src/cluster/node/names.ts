import type { Pod } from '../objects/pod.ts';

/** How the cluster's names are found: the zone and the address of its DNS service. */
export interface ClusterDns {
  domain: string;
  address: string;
}

/** A pod's /etc/resolv.conf, by its dnsPolicy; `host` is the node's own. */
export function resolvConf(pod: Pod, { domain, address }: ClusterDns, host: string): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig = {}, hostNetwork } = pod.spec;
  const own = (key: string) =>
    [...host.matchAll(new RegExp(`^${key}\\s+(.+)$`, 'gm'))].flatMap(([, value = '']) =>
      value.trim().split(/\s+/),
    );
  const cluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const namespace = pod.metadata.namespace ?? 'default';
  const searches = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain];
  const none = dnsPolicy === 'None';
  const servers = cluster ? [address] : none ? [] : own('nameserver');
  const search = [...(cluster ? searches : []), ...(none ? [] : own('search'))];
  const options = cluster ? ['ndots:5'] : none ? [] : own('options');
  const extra = (dnsConfig.options ?? []).map(({ name, value }) =>
    value === undefined ? name : `${name}:${value}`,
  );
  const lines = [
    ['search', [...search, ...(dnsConfig.searches ?? [])]],
    ...[...servers, ...(dnsConfig.nameservers ?? [])]
      .slice(0, 3)
      .map((each) => ['nameserver', [each]] as const),
    [
      'options',
      [...options.filter((each) => !extra.some((one) => one.split(':')[0] === each.split(':')[0])), ...extra],
    ],
  ] as const;
  return lines
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => `${key} ${values.join(' ')}\n`)
    .join('');
}

/** A pod's /etc/hosts, as kubelet writes it. */
export function hostsFile(pod: Pod, address: string, domain: string): string {
  const name = hostnameOf(pod);
  const { subdomain, hostAliases = [] } = pod.spec;
  const full = subdomain ? `${name}.${subdomain}.${pod.metadata.namespace}.svc.${domain}\t` : '';
  const aliases = hostAliases.map(({ ip, hostnames = [] }) => `${ip}\t${hostnames.join('\t')}\n`).join('');
  return `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${address}\t${full}${name}
${aliases === '' ? '' : `\n# Entries added by HostAliases.\n${aliases}`}`;
}

export const hostnameOf = (pod: Pod): string =>
  pod.spec.hostname ?? pod.metadata.name.slice(0, 63).replace(/[-.]+$/, '');
