import t, { type Test } from 'tap';
import { daemonSets } from '../../../src/cluster/control/daemon-sets.ts';
import { deployments } from '../../../src/cluster/control/deployments.ts';
import { endpoints } from '../../../src/cluster/control/endpoints.ts';
import { garbage } from '../../../src/cluster/control/garbage.ts';
import { runControllers } from '../../../src/cluster/control/loop.ts';
import { replicaSets } from '../../../src/cluster/control/replica-sets.ts';
import { scheduler } from '../../../src/cluster/control/scheduling.ts';
import { findIn, listOf } from '../../../src/cluster/objects/kinds.ts';
import type { Pod } from '../../../src/cluster/objects/pod.ts';
import { Store } from '../../../src/cluster/store/store.ts';

let uid = 0;
const turn = () => new Promise(setImmediate);

/** Until nothing changes any more. */
async function settled(store: Store): Promise<void> {
  for (let before = ''; before !== store.resourceVersion; ) {
    before = store.resourceVersion;
    await turn();
    await turn();
  }
}

function cluster(t: Test): Store {
  const store = new Store({ now: () => new Date(), newUid: () => `uid-${++uid}` });
  for (const name of ['controlplane', 'node01', 'node02']) {
    const taints =
      name === 'controlplane' ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : [];
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    store.create('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { taints }, status });
  }
  t.teardown(runControllers(store, [deployments, replicaSets, daemonSets, scheduler, endpoints, garbage]));
  return store;
}

const deployment = (replicas: number, image = 'nginx') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
  },
});

/** As a node agent would. */
function run(store: Store, pod: Pod, ip: string): void {
  const conditions = [{ type: 'Ready', status: 'True' as const }];
  store.update('pods', { ...pod, status: { ...pod.status, phase: 'Running', podIP: ip, conditions } });
}

t.test(
  'a deployment becomes pods on the nodes that take them, and endpoints as they are ready',
  async (t) => {
    const store = cluster(t);
    const ports = [{ port: 80, targetPort: 8080 }];
    const spec = { selector: { app: 'web' }, ports };
    store.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec,
    });
    store.create('deployments.apps', deployment(3));
    await settled(store);
    const pods = listOf(store, 'pods');
    t.equal(pods.length, 3);
    t.strictSame(pods.map((pod) => pod.spec.nodeName).sort(), ['node01', 'node01', 'node02']);
    const addresses = () =>
      listOf(store, 'endpointslices.discovery.k8s.io').flatMap(({ endpoints: list }) =>
        (list ?? []).map(({ addresses: [first], conditions }) => `${first} ${conditions?.ready}`),
      );
    t.strictSame(addresses(), []);
    const [first, second] = pods;
    if (first === undefined || second === undefined) throw new Error('no pods');
    run(store, first, '10.244.1.2');
    store.update('pods', { ...second, status: { ...second.status, phase: 'Running', podIP: '10.244.1.10' } });
    await settled(store);
    t.strictSame(addresses(), ['10.244.1.2 true', '10.244.1.10 false']);
    t.match(findIn(store, 'endpoints', 'default', 'web')?.subsets, [
      {
        addresses: [{ ip: '10.244.1.2' }],
        notReadyAddresses: [{ ip: '10.244.1.10' }],
        ports: [{ port: 8080 }],
      },
    ]);
    t.match(findIn(store, 'deployments.apps', 'default', 'web')?.status, { replicas: 3, readyReplicas: 1 });
    store.delete('services', 'default', 'web');
    await settled(store);
    t.strictSame(addresses(), []);
    t.equal(findIn(store, 'endpoints', 'default', 'web'), null);
  },
);

t.test('a new template replaces pods without falling below what must be available', async (t) => {
  const store = cluster(t);
  store.create('deployments.apps', deployment(4));
  await settled(store);
  let least = 4;
  const step = async () => {
    const pods = listOf(store, 'pods');
    // The node agents: what leaves is gone, what is new runs.
    for (const pod of pods) {
      if (pod.metadata.deletionTimestamp !== undefined) store.delete('pods', 'default', pod.metadata.name);
      else if (pod.status?.phase !== 'Running') run(store, pod, '10.244.1.2');
    }
    await settled(store);
    const running = listOf(store, 'pods').filter(
      ({ status, metadata }) => status?.phase === 'Running' && metadata.deletionTimestamp === undefined,
    );
    least = Math.min(least, running.length);
  };
  await step();
  const current = store.get('deployments.apps', 'default', 'web');
  store.update('deployments.apps', { ...current, spec: deployment(4, 'nginx:2').spec });
  await settled(store);
  const images = () => listOf(store, 'pods').map(({ spec }) => spec.containers[0]?.image);
  while (images().some((image) => image !== 'nginx:2') || images().length !== 4) await step();
  t.equal(least, 3);
  const sizes = listOf(store, 'replicasets.apps').map(({ spec }) => spec.replicas);
  t.strictSame(sizes.sort(), [0, 4]);
  store.delete('deployments.apps', 'default', 'web');
  await settled(store);
  await step();
  t.strictSame([listOf(store, 'replicasets.apps'), listOf(store, 'pods')], [[], []]);
});

t.test(
  'an old template is the newest again, with its fields in any order; its set keeps the cause',
  async (t) => {
    const store = cluster(t);
    store.create('deployments.apps', deployment(1));
    await settled(store);
    const change = async (template: object, annotations: Record<string, string>) => {
      const { metadata, spec, ...rest } = store.get('deployments.apps', 'default', 'web');
      const [kept, had] = [metadata.annotations, spec as object];
      const changed = { metadata: { ...metadata, annotations: { ...kept, ...annotations } } };
      store.update('deployments.apps', { ...rest, ...changed, spec: { ...had, template } });
      await settled(store);
    };
    const cause = 'kubernetes.io/change-cause';
    const last = 'kubectl.kubernetes.io/last-applied-configuration';
    await change(deployment(1, 'nginx:2').spec.template, { [cause]: 'two', [last]: '{}' });
    const sets = () =>
      listOf(store, 'replicasets.apps')
        .map(({ metadata: { annotations = {} }, spec: { template } }) => [
          template.spec.containers[0]?.image ?? '',
          annotations['deployment.kubernetes.io/revision'],
          annotations[cause],
          annotations[last],
        ])
        .sort();
    t.strictSame(sets(), [
      ['nginx', '1', undefined, undefined],
      ['nginx:2', '2', 'two', undefined],
    ]);
    const { spec, metadata } = deployment(1).spec.template;
    await change({ spec, metadata: { creationTimestamp: null, ...metadata } }, { [cause]: 'back' });
    t.strictSame(sets(), [
      ['nginx', '3', 'back', undefined],
      ['nginx:2', '2', 'two', undefined],
    ]);
  },
);
