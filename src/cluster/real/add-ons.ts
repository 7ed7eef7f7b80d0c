import { dnsObjects } from '../dns/objects.ts';
import type { Api } from './api.ts';

const paths: Record<string, string> = {
  serviceaccounts: '/api/v1/namespaces/kube-system/serviceaccounts',
  configmaps: '/api/v1/namespaces/kube-system/configmaps',
  services: '/api/v1/namespaces/kube-system/services',
  'deployments.apps': '/apis/apps/v1/namespaces/kube-system/deployments',
  'clusterroles.rbac.authorization.k8s.io': '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  'clusterrolebindings.rbac.authorization.k8s.io': '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

/** Gives a new cluster its DNS, as kubeadm does once the control plane is there. */
export async function addOns(api: Api, dns: { domain: string; address: string }): Promise<void> {
  // kubelet 1.20 probes a container first at a random moment of this time, and never sooner again.
  for (const [resource, object] of dnsObjects(dns, 2)) await api.create(paths[resource] ?? '', object);
}
