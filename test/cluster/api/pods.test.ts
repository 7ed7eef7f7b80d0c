import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import t from 'tap';
import type { PodAccess } from '../../../src/cluster/api/pod-access.ts';
import { recordOf } from '../../../src/cluster/api/values.ts';
import { apiUnderTest } from './support/cluster.ts';

/** Commands of this machine stand for those of a container. */
const pods: PodAccess = {
  logs: async (pod, { container, tailLines }) => {
    const lines = [`${pod.metadata.name} ${container} one`, `${pod.metadata.name} ${container} two`];
    return Readable.from(`${lines.slice(-(tailLines ?? 2)).join('\n')}\n`);
  },
  exec: (_pod, { command: [program = '', ...words] }, { stdin, stdout, stderr }) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, words, { stdio: 'pipe' });
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
      child.stdout.pipe(stdout, { end: false });
      child.stderr.pipe(stderr, { end: false });
      if (stdin === undefined) child.stdin.end();
      else stdin.pipe(child.stdin);
    }),
  attach: async (pod, container, { stdin, stdout }) => {
    stdout.write(`${pod.metadata.name} ${container}\n`);
    for await (const part of stdin ?? []) stdout.write(String(part).toUpperCase());
  },
};

const { kubectl, run, store, close } = await apiUnderTest(pods);
t.teardown(close);

function scheduled(name: string): void {
  const pod = store.get('pods', 'default', name);
  store.update('pods', {
    ...pod,
    spec: { ...recordOf(pod.spec), nodeName: 'node1' },
    status: { phase: 'Running' },
  });
}

t.test('logs', async (t) => {
  await kubectl('run web --image=nginx');
  t.strictSame(await kubectl('logs web'), { code: 0, out: '', err: '' }, 'no node has a log yet');
  scheduled('web');
  t.equal((await kubectl('logs web')).out, 'web web one\nweb web two\n');
  t.equal((await kubectl('logs web --tail 1')).out, 'web web two\n');
  t.match((await kubectl('logs web -c none')).err, 'container none is not valid for pod web');
  t.match((await kubectl('logs none')).err, 'pods "none" not found');
});

t.test('exec: output, input, exit code', async (t) => {
  t.same(await run(['exec', 'web', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3']), {
    code: 3,
    out: 'out\n',
    err: 'err\ncommand terminated with exit code 3\n',
  });
  t.same(await run(['exec', '-i', 'web', '--', 'tr', 'a-z', 'A-Z'], 'hello\n'), {
    code: 0,
    out: 'HELLO\n',
    err: '',
  });
  const large = await run(['exec', 'web', '--', 'seq', '100000']);
  t.equal(large.out.length, 588895, 'all of it arrives before the end does');
  t.match((await run(['exec', 'none', '--', 'id'])).err, 'pods "none" not found');
  const other = await run(['exec', 'web', '-c', 'none', '--', 'id']);
  t.match(other.err, 'container none is not valid for pod web', 'not the words about SPDY');
});

t.test('attach: output, input, and what it refuses', async (t) => {
  t.match(await run(['attach', 'web']), { code: 0, out: 'web web\n' });
  await kubectl('run fed --image=busybox -i --restart=Never --attach=false --command -- cat');
  scheduled('fed');
  t.match(await run(['attach', '-i', 'fed'], 'hello\n'), { code: 0, out: 'fed fed\nHELLO\n' });
  t.match((await kubectl('attach none')).err, 'pods "none" not found');
  for (const stream of ['attach', 'exec?command=id'])
    t.match(
      (await kubectl(`get --raw /api/v1/namespaces/default/pods/web/${stream}`)).err,
      'Upgrade request required',
    );
});

t.test('a debug container is refused as by a cluster without them', async (t) => {
  const { code, err } = await kubectl('debug web --image=busybox -- true');
  t.equal(code, 1);
  t.match(err, 'ephemeral containers are disabled for this cluster');
});
