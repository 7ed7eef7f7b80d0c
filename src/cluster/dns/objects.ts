import type { ApiObject } from '../store/objects.ts';

const labels = { 'k8s-app': 'kube-dns' };
const own = (name: string, more = {}) => ({ name, namespace: 'kube-system', ...more });

/** As kubeadm writes it (1.32). */
const corefile = (domain: string): string => `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

const container = (probedEvery: number) => ({
  name: 'coredns',
  image: 'registry.k8s.io/coredns/coredns:v1.11.3',
  args: ['-conf', '/etc/coredns/Corefile'],
  ports: [
    { containerPort: 53, name: 'dns', protocol: 'UDP' },
    { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
  ],
  readinessProbe: { tcpSocket: { port: 53 }, timeoutSeconds: 1, periodSeconds: probedEvery },
  securityContext: { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
  volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
});

/** The cluster's DNS as kubeadm installs it; its pods are probed every so many seconds. */
export function dnsObjects(
  { domain, address }: { domain: string; address: string },
  probedEvery: number,
): [resource: string, object: ApiObject][] {
  const read = ['list', 'watch'];
  return [
    ['serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: own('coredns') }],
    [
      'clusterroles.rbac.authorization.k8s.io',
      {
        ...{
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 'system:coredns' },
        },
        rules: [
          { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: read },
          { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
        ],
      },
    ],
    [
      'clusterrolebindings.rbac.authorization.k8s.io',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'system:coredns' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
        subjects: [{ kind: 'ServiceAccount', ...own('coredns') }],
      },
    ],
    [
      'configmaps',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: own('coredns'), data: { Corefile: corefile(domain) } },
    ],
    [
      'services',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: own('kube-dns', {
          labels: { ...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
        }),
        spec: {
          clusterIP: address,
          selector: labels,
          ports: [
            { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
            { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
            { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
          ],
        },
      },
    ],
    [
      'deployments.apps',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: own('coredns', { labels }),
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: 'coredns',
              dnsPolicy: 'Default',
              tolerations: [
                { key: 'CriticalAddonsOnly', operator: 'Exists' },
                { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
              ],
              containers: [container(probedEvery)],
              volumes: [
                {
                  name: 'config-volume',
                  configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] },
                },
              ],
            },
          },
        },
      },
    ],
  ];
}
