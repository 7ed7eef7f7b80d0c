import type { ApiObject } from './store/objects.ts';
import { StoreError } from './store/objects.ts';
import type { Store } from './store/store.ts';

/** Addresses of the cluster, as kubeadm and most guides have them. */
export const clusterCIDR = '10.244.0.0/16';
export const apiService = '10.96.0.1';
export const dns = { domain: 'cluster.local', address: '10.96.0.10' };
export const apiPort = 6443;

/** Creates the objects of a new cluster. */
export function bootstrap(store: Store, address: string): void {
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  const named = (name: string, more = {}) => ({ metadata: { name, ...more } });
  const own = (name: string, more = {}) => named(name, { namespace: 'default', ...more });
  const kept: [string, ApiObject][] = [
    ...['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name): [string, ApiObject] => [
      'namespaces',
      {
        ...{ apiVersion: 'v1', kind: 'Namespace' },
        ...named(name, { labels: { 'kubernetes.io/metadata.name': name } }),
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      },
    ]),
    [
      'services',
      {
        ...{ apiVersion: 'v1', kind: 'Service' },
        ...own('kubernetes', { labels }),
        spec: {
          ...{ clusterIP: apiService, clusterIPs: [apiService], type: 'ClusterIP', sessionAffinity: 'None' },
          ...{ ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', internalTrafficPolicy: 'Cluster' },
          ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: apiPort }],
        },
        status: { loadBalancer: {} },
      },
    ],
    [
      'endpoints',
      {
        ...{ apiVersion: 'v1', kind: 'Endpoints' },
        ...own('kubernetes'),
        subsets: [
          { addresses: [{ ip: address }], ports: [{ name: 'https', port: apiPort, protocol: 'TCP' }] },
        ],
      },
    ],
    [
      'endpointslices.discovery.k8s.io',
      {
        ...{ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
        ...own('kubernetes', { labels: { 'kubernetes.io/service-name': 'kubernetes' } }),
        addressType: 'IPv4',
        endpoints: [{ addresses: [address], conditions: { ready: true } }],
        ports: [{ name: 'https', port: apiPort, protocol: 'TCP' }],
      },
    ],
  ];
  for (const [resource, object] of kept) {
    try {
      store.create(resource, object);
    } catch (error) {
      // Kept from before.
      if (!(error instanceof StoreError)) throw error;
    }
  }
}
