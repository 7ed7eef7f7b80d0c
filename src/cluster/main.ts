import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createApi } from './api/server.ts';
import { apiPort, apiService, bootstrap, clusterCIDR, dns } from './bootstrap.ts';
import { daemonSets } from './control/daemon-sets.ts';
import { deployments } from './control/deployments.ts';
import { endpoints } from './control/endpoints.ts';
import { garbage } from './control/garbage.ts';
import { jobs } from './control/jobs.ts';
import { runControllers } from './control/loop.ts';
import { namespaces } from './control/namespaces.ts';
import { replicaSets } from './control/replica-sets.ts';
import { scheduler } from './control/scheduling.ts';
import { statefulSets } from './control/stateful-sets.ts';
import { dnsAnswers, installDns } from './dns/install.ts';
import { Journal } from './journal.ts';
import { certificates } from './node/certificates.ts';
import { resetLostPods } from './node/lost-pods.ts';
import { decided, Members } from './node/members.ts';
import { addressOf } from './node/network-addon.ts';
import { runDirectory, stateDirectory } from './node/places.ts';
import { podAccess } from './node/pod-access.ts';
import { findIn, listOf } from './objects/kinds.ts';
import { Store } from './store/store.ts';

/** Resources that the nodes' rules follow from. The next command meets these rules; a real cluster takes a moment. */
const inRules = new Set([
  ...['services', 'endpoints', 'endpointslices.discovery.k8s.io', 'networkpolicies.networking.k8s.io'],
  ...['pods', 'namespaces', 'deployments.apps', 'replicasets.apps', 'daemonsets.apps'],
  ...['statefulsets.apps', 'jobs.batch'],
]);

/**
 * A whole cluster in one process: API server, controllers, and of every node kubelet and kube-proxy. It runs inside a
 * machine, in the network of the control plane's node. Arguments: that node's name, then the others.
 */
const [, , node = '', ...others] = process.argv;
const address = await addressOf(node);
if (address === null) throw new Error(`${node} has no address, so nobody could reach the API server`);
const store = new Store({ now: () => new Date(), newUid: () => randomUUID() });
new Journal(`${stateDirectory}/journal`, store);
const fresh = findIn(store, 'namespaces', undefined, 'kube-system') === null;
bootstrap(store, address);
resetLostPods(store, new Date().toISOString().replace(/\.\d+Z$/, 'Z'));
const known = listOf(store, 'nodes').map(({ metadata }) => metadata.name);
const members = new Members(store, clusterCIDR, dns);
// Other programs do the slow work, so both run at once.
const [tls] = await Promise.all([certificates(node, address, apiService), members.join([node])]);
const api = createApi({
  ...{ store, tls, pods: podAccess(members.agents) },
  settled: async (resource) => {
    if (inRules.has(resource)) await members.rulesWritten();
  },
});
if (fresh) installDns(api.registry, dns);
await api.listen('0.0.0.0', apiPort);
const controllers = [
  ...[deployments, replicaSets, daemonSets, statefulSets, jobs],
  ...[scheduler, endpoints, garbage, namespaces(tls.ca)],
];
runControllers(store, controllers);
// The pods of the cluster's DNS are on the control plane, as where kubeadm has made the cluster: no other node is there.
await decided(store);
await members.join([...new Set([...known, ...others])]);
await dnsAnswers(store);
await members.begin();
writeFileSync(`${runDirectory}/pid`, `${process.pid}\n`);
writeFileSync(`${runDirectory}/ready`, '');
