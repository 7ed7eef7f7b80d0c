import type { Registry } from '../api/registry.ts';
import { networkOn } from '../node/cni.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import type { Store } from '../store/store.ts';
import { dnsObjects } from './objects.ts';

/** Gives a new cluster its DNS, as kubeadm does once the control plane is there. */
export function installDns(registry: Registry, dns: { domain: string; address: string }): void {
  const user = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
  const writer = { user, manager: 'kubeadm', now: () => new Date(), dryRun: false };
  for (const [resource, object] of dnsObjects(dns, 60)) registry.create(resource, object, writer);
}

/** Milliseconds that a node which joins waits for the names of the cluster. */
const patience = 3000;

/** Until the pods of the DNS answer, so that a lab begins in one state; not where they cannot come yet. */
export async function dnsAnswers(store: Store): Promise<void> {
  const until = performance.now() + patience;
  for (; performance.now() < until; await changeOf(store)) {
    const pods = listOf(store, 'pods', { namespace: 'kube-system' }).filter(
      ({ metadata }) => metadata.labels?.['k8s-app'] === 'kube-dns',
    );
    const nodes = new Set(pods.map(({ spec }) => spec.nodeName ?? ''));
    if (findIn(store, 'deployments.apps', 'kube-system', 'coredns') === null) return;
    if (pods.length > 0 && [...nodes].some((node) => node === '' || networkOn(node) === null)) return;
    if (pods.length > 0 && pods.every(({ status }) => status?.containerStatuses?.every(({ ready }) => ready)))
      return;
  }
}

/** Resolves at the next change of a pod, or after a while: a list of plugins is no object. */
function changeOf(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const end = store.watch({ resource: 'pods' }, store.resourceVersion, done);
    const timer = setTimeout(done, 100);
    function done(): void {
      clearTimeout(timer);
      end();
      resolve();
    }
  });
}
