import t from 'tap';
import { garbage } from '../../../src/cluster/control/garbage.ts';
import { jobs } from '../../../src/cluster/control/jobs.ts';
import { runControllers } from '../../../src/cluster/control/loop.ts';
import { statefulSets } from '../../../src/cluster/control/stateful-sets.ts';
import { listOf } from '../../../src/cluster/objects/kinds.ts';
import type { Pod } from '../../../src/cluster/objects/pod.ts';
import { apiUnderTest } from '../api/support/cluster.ts';

const { kubectl, store, close } = await apiUnderTest();
t.teardown(runControllers(store, [statefulSets, jobs, garbage]));
t.teardown(close);

const turn = () => new Promise(setImmediate);

/** Until nothing changes any more. */
async function settled(): Promise<void> {
  for (let before = ''; before !== store.resourceVersion; ) {
    before = store.resourceVersion;
    for (let n = 0; n < 4; n += 1) await turn();
  }
}

const pods = () => listOf(store, 'pods');
const names = () =>
  pods()
    .map(({ metadata }) => metadata.name)
    .sort();

/** As a node agent would. */
async function becomes(pod: Pod | undefined, phase: string, ready: boolean): Promise<void> {
  if (pod === undefined) throw new Error('no such pod');
  const conditions = [{ type: 'Ready', status: ready ? ('True' as const) : ('False' as const) }];
  store.update('pods', { ...pod, status: { ...pod.status, phase, conditions } });
  await settled();
}

const withPhase = (phase: string) => pods().find(({ status }) => status?.phase === phase);
const columns = async (words: string) => (await kubectl(`${words} --no-headers`)).out.trim().split(/\s{2,}/);

t.test('a job that succeeds', async (t) => {
  t.match(await kubectl('create job once --image=busybox -- date'), { out: 'job.batch/once created\n' });
  await settled();
  const [pod] = pods();
  t.match(pod, {
    metadata: { name: /^once-\w{5}$/, labels: { 'batch.kubernetes.io/job-name': 'once' } },
    spec: { restartPolicy: 'Never' },
  });
  t.match(await columns('get jobs'), ['once', 'Running', '0/1']);
  await becomes(pod, 'Succeeded', false);
  t.match(await columns('get jobs'), ['once', 'Complete', '1/1']);
  t.equal(pods().length, 1, 'its pod stays, for its log');
  t.match(await kubectl('wait --for=condition=complete job/once --timeout=5s'), { code: 0 });
  await kubectl('delete job once');
  await settled();
  t.strictSame(names(), []);
});

t.test('a job of three, two at once', async (t) => {
  const manifest = {
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'three' } },
    spec: {
      ...{ completions: 3, parallelism: 2 },
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } },
    },
  };
  await kubectl('apply -f -', JSON.stringify(manifest));
  await settled();
  for (const running of [2, 2, 1]) {
    t.equal(pods().filter(({ status }) => status?.phase === 'Pending').length, running);
    await becomes(withPhase('Pending'), 'Succeeded', false);
  }
  t.match(await columns('get jobs three'), ['three', 'Complete', '3/3']);
  await kubectl('delete job three');
  await settled();
});

t.test('a job that fails too often', async (t) => {
  await kubectl('create job bad --image=busybox -- false');
  await kubectl('patch job bad -p {"spec":{"backoffLimit":1}}');
  await settled();
  await becomes(withPhase('Pending'), 'Failed', false);
  t.equal(pods().length, 2, 'another pod after the first');
  await becomes(withPhase('Pending'), 'Failed', false);
  t.equal(pods().length, 2);
  t.match(await columns('get jobs bad'), ['bad', 'Failed', '0/1']);
  t.match((await kubectl('describe job bad')).out, /BackoffLimitExceeded.*specified backoff limit/);
  await kubectl('delete job bad');
  await settled();
});

t.test('what a job refuses', async (t) => {
  const manifest = {
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'always' } },
    spec: { template: { spec: { containers: [{ name: 'c', image: 'busybox' }] } } },
  };
  t.match(
    (await kubectl('apply -f -', JSON.stringify(manifest))).err,
    'spec.template.spec.restartPolicy: Unsupported value: "Always": supported values: "Never", "OnFailure"',
  );
});

t.test('a stateful set: its pods come and go in order', async (t) => {
  const template = (image: string) => ({
    metadata: { labels: { app: 'db' } },
    spec: { containers: [{ name: 'db', image }] },
  });
  const manifest = (replicas: number, image = 'nginx') =>
    JSON.stringify({
      ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' } },
      spec: {
        ...{ replicas, serviceName: 'db', selector: { matchLabels: { app: 'db' } } },
        template: template(image),
      },
    });
  t.equal((await kubectl('apply -f -', manifest(3))).out, 'statefulset.apps/db created\n');
  await settled();
  t.strictSame(names(), ['db-0'], 'the next one waits for this');
  t.match(pods()[0], { spec: { hostname: 'db-0', subdomain: 'db' } });
  for (const name of ['db-0', 'db-1', 'db-2'])
    await becomes(
      pods().find(({ metadata }) => metadata.name === name),
      'Running',
      true,
    );
  t.match(await columns('get sts'), ['db', '3/3']);
  t.match(await kubectl('rollout status sts/db --timeout=5s'), { code: 0 });

  await kubectl('scale sts/db --replicas=2');
  await settled();
  t.strictSame(names(), ['db-0', 'db-1']);
  await kubectl('delete pod db-0 --now');
  await settled();
  t.strictSame(names(), ['db-0', 'db-1'], 'again under its name');
  t.equal(withPhase('Pending')?.metadata.name, 'db-0');
  await becomes(withPhase('Pending'), 'Running', true);

  const uids = () => new Map(pods().map(({ metadata }) => [metadata.name, metadata.uid]));
  const before = uids();
  await kubectl('set image sts/db db=nginx:1.25');
  await settled();
  t.not(uids().get('db-1'), before.get('db-1'), 'the highest is replaced first');
  t.equal(uids().get('db-0'), before.get('db-0'), 'the other when it is ready');
  await becomes(withPhase('Pending'), 'Running', true);
  t.not(uids().get('db-0'), before.get('db-0'));
  await becomes(withPhase('Pending'), 'Running', true);
  t.match(await kubectl('rollout status sts/db --timeout=5s'), { code: 0 });
});
