import { execFileSync } from 'node:child_process';
import t from 'tap';
import { apiUnderTest } from './support/cluster.ts';

const { kubectl, close, store } = await apiUnderTest();
t.teardown(close);

/** kubectl's answer where it should succeed. */
async function ok(words: string, input?: string): Promise<string> {
  const { code, out, err } = await kubectl(words, input);
  if (code !== 0) throw new Error(`kubectl ${words}: ${err}`);
  return out;
}

/** kubectl's error for a command that must be refused. */
async function no(words: string, input?: string): Promise<string> {
  const { code, out, err } = await kubectl(words, input);
  if (code === 0) throw new Error(`kubectl ${words} was not refused: ${out}`);
  return err.trim();
}

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: nginx, image: nginx:1.27, env: [{ name: A, value: "1" }] }] }
`;

t.test('the cluster runs on the processor that it says', async (t) => {
  const { serverVersion } = JSON.parse(await ok('version -o json'));
  const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  t.equal(serverVersion.platform, `linux/${architecture}`);
});

t.test('apply makes, changes and leaves alone; scale and set change', async (t) => {
  t.equal(await ok('apply -f -', web), 'deployment.apps/web created\n');
  t.equal(await ok('apply -f -', web), 'deployment.apps/web unchanged\n');
  const changed = web.replace('replicas: 2', 'replicas: 3').replace('[{ name: A, value: "1" }]', '[]');
  t.equal(await ok('apply -f -', changed), 'deployment.apps/web configured\n');
  const read = (path: string) => ok(`get deploy web -o jsonpath={${path}}`);
  t.equal(await read('.spec.template.spec.containers[0].env'), '');
  t.equal(await read('.spec.strategy.rollingUpdate.maxSurge'), '25%');
  t.equal(await ok('scale deploy web --replicas 5'), 'deployment.apps/web scaled\n');
  t.equal(await ok('set image deploy/web nginx=nginx:1.28'), 'deployment.apps/web image updated\n');
  t.equal(await read('.spec.replicas'), '5');
  t.equal(await read('.metadata.generation'), '4');
  t.match(
    await ok('get deploy -o wide'),
    /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +0\/5 +0 +0 +\S+ +nginx +nginx:1.28 +app=web\n$/,
  );
});

t.test('a manifest with a mistake is refused with the path of the field', async (t) => {
  t.equal(
    await no(
      'apply -f -',
      web
        .replace('name: web, labels', 'name: bad, labels')
        .replace('metadata: { labels: { app: web } }', 'metadata: { labels: { app: x } }'),
    ),
    'The Deployment "bad" is invalid: spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`',
  );
  t.match(
    await no(
      'apply -f -',
      web.replace('replicas', 'replica').replace('name: web, labels', 'name: bad, labels'),
    ),
    /strict decoding error: unknown field "spec.replica"|unknown field "replica" in/,
  );
  t.match(
    await no('create svc nodeport far --tcp=80 --node-port=80'),
    /Service "far" is invalid: spec\.ports\[0\]\.nodePort: Invalid value: 80: provided port is not in the valid range\. The range of valid ports is 30000-32767/,
  );
  t.match(
    await no('create ns No'),
    /The Namespace "No" is invalid: metadata\.name: Invalid value: "No": a lowercase RFC 1123 label must consist of/,
  );
  t.equal(await no('get pod none'), 'Error from server (NotFound): pods "none" not found');
  t.equal(await no('create cm -n none a'), 'error: failed to create configmap: namespaces "none" not found');
});

t.test('services get addresses and node ports, each once', async (t) => {
  t.match(await ok('expose deploy web --port 80 --type NodePort'), 'service/web exposed');
  t.match(await ok('get svc web'), /web +NodePort +10\.\d+\.\d+\.\d+ +<none> +80:3\d{4}\/TCP/);
  const port = await ok('get svc web -o jsonpath={.spec.ports[0].nodePort}');
  const ip = await ok('get svc web -o jsonpath={.spec.clusterIP}');
  t.match(
    await no(`create svc nodeport other --tcp=80 --node-port=${port}`),
    'provided port is already allocated',
  );
  t.match(
    await no(`create svc clusterip other --tcp=80 --clusterip=${ip}`),
    `failed to allocate IP ${ip}: provided IP is already allocated`,
  );
  await ok('patch svc web --type json -p [{"op":"replace","path":"/spec/ports/0/port","value":81}]');
  t.equal(await ok('get svc web -o jsonpath={.spec.ports[0].nodePort}'), port, 'it keeps its node port');
});

t.test('server-side apply: fields of another manager are a conflict', async (t) => {
  const map = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\ndata: { a: "${value}" }\n`;
  t.equal(
    await ok('apply --server-side --field-manager one -f -', map('1')),
    'configmap/shared serverside-applied\n',
  );
  t.match(
    await no('apply --server-side --field-manager two -f -', map('2')),
    /Apply failed with 1 conflict: conflict with "one": \.data\.a/,
  );
  await ok('apply --server-side --field-manager two --force-conflicts -f -', map('2'));
  t.equal(await ok('get cm shared -o jsonpath={.data.a}'), '2');
  await ok('apply --server-side --field-manager two -f -', map('2').replace('data: { a: "2" }', 'data: {}'));
  t.equal(await ok('get cm shared -o jsonpath={.data}'), '', 'what is applied no more goes');
});

t.test('dry run answers and keeps nothing', async (t) => {
  t.equal(await ok('create ns dry --dry-run=server'), 'namespace/dry created (server dry run)\n');
  t.match(await no('get ns dry'), 'not found');
  t.match(await ok('delete deploy web --dry-run=server'), 'deleted (server dry run)');
  t.equal(await ok('get deploy -o name'), 'deployment.apps/web\n');
});

t.test('selectors', async (t) => {
  for (const name of ['a', 'b', 'c']) await ok(`run ${name} --image=nginx -l app=${name}`);
  t.equal(await ok('get pods -o name -l app!=a'), 'pod/b\npod/c\n');
  t.equal(await ok('get pods -o name --field-selector metadata.name=a'), 'pod/a\n');
  t.match(await no('get pods --field-selector spec.image=a'), 'field label not supported: spec.image');
  const words = ['get', 'pods', '-o', 'name', '-l', 'app in (a,b)'];
  t.equal(await ok(words.slice(0, 5).concat('app=a').join(' ')), 'pod/a\n');
});

t.test('a watch reports each change once; wait ends when the object is gone', async (t) => {
  const gone = kubectl('wait --for=delete pod/a --timeout=20s');
  await ok('delete pod a');
  t.equal((await gone).code, 0);
  const ready = kubectl('wait --for=condition=Ready pod/b --timeout=20s');
  const pod = store.get('pods', 'default', 'b');
  store.update('pods', { ...pod, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  t.equal((await ready).out, 'pod/b condition met\n');
});

t.test('an unknown resource gets a Status, with any method', async (t) => {
  t.match(
    await no('get --raw /apis/batch/v1/cronjobs'),
    /Error from server \(NotFound\): the server could not find the requested resource/,
  );
  t.match(await no('get cronjobs'), `error: the server doesn't have a resource type "cronjobs"`);
  t.equal(await ok('get --raw /readyz'), 'ok');
  t.match(await ok('explain pod.spec.containers'), 'KIND:       Pod');
});

t.test(
  'a template has no request of its own, and annotations of a deployment are a new generation',
  async (t) => {
    await ok('create deployment limited --image=nginx');
    await ok('set resources deployment limited --limits=cpu=1');
    const field = (path: string) => ok(`get deployment limited -o jsonpath={${path}}`);
    t.equal(await field('.spec.template.spec.containers[0].resources'), '{"limits":{"cpu":"1"}}');
    const before = Number(await field('.metadata.generation'));
    await ok('annotate deployment limited a=b');
    t.equal(Number(await field('.metadata.generation')), before + 1);
    await ok('label deployment limited a=b');
    t.equal(Number(await field('.metadata.generation')), before + 1);
  },
);
