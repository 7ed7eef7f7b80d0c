import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { uniqueName } from '../../../src/cluster/control/names.ts';
import { fullName, imageOf } from '../../../src/cluster/node/images.ts';
import type { KubeService } from '../../../src/cluster/objects/kinds.ts';
import type { Pod } from '../../../src/cluster/objects/pod.ts';
import { changesTo, chooseNode } from '../../../src/cluster/real/admission.ts';
import { references, specWithPrograms } from '../../../src/cluster/real/images.ts';

const nothing = { pods: [], services: [] };

function pod(name: string, { node = '', image = 'nginx', ...more }: Record<string, string> = {}): Pod {
  const spec = {
    ...(node === '' ? {} : { nodeName: node }),
    containers: [{ name: 'main', image, imagePullPolicy: 'Always' }],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', ...more }, spec };
}

t.test('a pod of a controller gets the name that the small cluster gives', async (t) => {
  const asked = pod('', { generateName: 'web-5d4f-', image: 'registry.example/web' });
  const first = uniqueName('web-5d4f', new Set());
  t.strictSame(changesTo(asked, 'default', nothing), [{ op: 'add', path: '/metadata/name', value: first }]);
  const [second] = changesTo(asked, 'default', { ...nothing, pods: [pod(first)] });
  t.not(second?.value, first);
  const [elsewhere] = changesTo(asked, 'other', { ...nothing, pods: [pod(first)] });
  t.equal(elsewhere?.value, first, 'a name is taken in its namespace alone');
});

t.test('an image that the nodes have is not looked for in a registry, any other is', async (t) => {
  t.strictSame(changesTo(pod('web'), 'default', nothing), [
    { op: 'add', path: '/spec/containers/0/imagePullPolicy', value: 'IfNotPresent' },
  ]);
  t.strictSame(
    changesTo(pod('web', { image: 'myprivateregistry.com:5000/nginx:alpine' }), 'default', nothing),
    [],
  );
});

t.test('a program of hoplab that stands for one of an image is seen by its containers alone', async (t) => {
  const image = 'weaveworks/weave-kube:2.8.1';
  const [, volumes, mounts, ...more] = changesTo(pod('weave', { image }), 'kube-system', nothing);
  t.match(volumes, { path: '/spec/volumes', value: [{ hostPath: { path: '/.hoplab/cluster' } }] });
  t.match(mounts, {
    path: '/spec/containers/0/volumeMounts',
    value: [{ mountPath: '/.hoplab/cluster', readOnly: true }],
  });
  t.strictSame(more, []);
});

function service(name: string, spec: object): KubeService {
  const metadata = { name, namespace: 'default' };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec } as KubeService;
}

t.test('a service gets its address and node ports by its name, and keeps those it has', async (t) => {
  const asked = service('web', { type: 'NodePort', ports: [{ port: 80, protocol: 'TCP' }] });
  const changes = changesTo(asked, 'default', nothing);
  t.strictSame(
    changes.map(({ path }) => path),
    ['/spec/clusterIP', '/spec/ports/0/nodePort'],
  );
  t.strictSame(changesTo(asked, 'default', nothing), changes, 'the same each time');
  const [clusterIP, nodePort] = changes.map(({ value }) => value);
  const taken = service('other', { type: 'NodePort', clusterIP, ports: [{ port: 80, nodePort }] });
  const others = changesTo(asked, 'default', { ...nothing, services: [taken] });
  t.notOk(others.some(({ value }) => value === clusterIP || value === nodePort));
  const chosen = service('web', { type: 'ClusterIP', clusterIP: '10.96.0.99', ports: [{ port: 80 }] });
  t.strictSame(changesTo(chosen, 'default', nothing), []);
  t.strictSame(
    changesTo(service('web', { type: 'ExternalName', externalName: 'a.test' }), 'default', nothing),
    [],
  );
});

t.test('the scheduler is left the node with the fewest pods, the first by name among equals', async (t) => {
  const names = ['node02', 'node01'];
  t.strictSame(chooseNode(pod('a'), names, [], 'controlplane'), ['node01']);
  t.strictSame(chooseNode(pod('b'), names, [pod('a', { node: 'node01' })], 'controlplane'), ['node02']);
  t.strictSame(chooseNode(pod('c'), [], [], 'controlplane'), []);
  const dns = pod('coredns');
  dns.metadata = { ...dns.metadata, namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
  const busy = [pod('a', { node: 'controlplane' })];
  t.strictSame(chooseNode(dns, ['controlplane', ...names], busy, 'controlplane'), ['controlplane']);
  t.strictSame(chooseNode(dns, names, [], 'controlplane'), ['node01'], 'where the control plane cannot');
});

t.test('the nodes have every image of the labs that the small cluster has', async (t) => {
  const here = new Set(references.map(fullName));
  for (const track of ['kubernetes', 'kubernetes-security']) {
    const directory = new URL(`../../../labs/${track}/`, import.meta.url);
    for (const lab of readdirSync(directory).filter((name) => !name.includes('.'))) {
      const text = readFileSync(new URL(`${lab}/lab.yaml`, directory), 'utf8');
      const named = [...text.matchAll(/(?:--image=|image: ["']?|image \S+ \S+?=)([\w./:-]+)/g)];
      for (const image of new Set(named.map(([, image = '']) => image)))
        if (imageOf(image) !== null && imageOf(image)?.lent !== true)
          t.ok(here.has(fullName(image)), `${lab}: ${image}`);
    }
  }
});

t.test('a container gets the parts of /usr that there are, read-only, and no /run of its own', async (t) => {
  const spec = JSON.stringify({ mounts: [{ destination: '/proc' }, { destination: '/run' }], process: {} });
  const made = JSON.parse(specWithPrograms(spec, (path) => path === '/usr/bin'));
  t.strictSame(made, {
    mounts: [
      { destination: '/proc' },
      { destination: '/usr/bin', type: 'bind', source: '/usr/bin', options: ['rbind', 'ro'] },
    ],
    process: {},
  });
});
