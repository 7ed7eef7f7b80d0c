import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
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
  dial: async (_pod, port) => {
    if (port !== 80) throw new Error(`nothing listens on ${port}`);
    return connect(echo.port, '127.0.0.1');
  },
};

/** Greets, and sends back whatever comes until the other side ends. */
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.write('hello ');
  socket.pipe(socket);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const echo = server.address() as AddressInfo;
t.teardown(() => server.close());

const { kubectl, run, store, directory, close } = await apiUnderTest(pods);
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
  for (const stream of ['attach', 'exec?command=id', 'portforward'])
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

/** Both ways in which kubectl has carried streams: by WebSocket since 1.30 and 1.31, by SPDY before. */
for (const [way, variables] of [
  ['WebSocket', {}],
  ['SPDY', { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false', KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false' }],
] as const) {
  t.test(`exec and attach by ${way}`, async (t) => {
    const asked = (words: string[], input = '') => run(words, input, 'kubectl', variables);
    t.same(await asked(['exec', 'web', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3']), {
      code: 3,
      out: 'out\n',
      err: 'err\ncommand terminated with exit code 3\n',
    });
    const sent = 'line\n'.repeat(50_000);
    const echoed = await asked(['exec', '-i', 'web', '--', 'cat'], sent);
    t.equal(echoed.out, sent, 'more than fits into one frame, both ways');
    t.match(await asked(['attach', '-i', 'fed'], 'hello\n'), { code: 0, out: 'fed fed\nHELLO\n' });
    t.match((await asked(['exec', 'none', '--', 'id'])).err, 'pods "none" not found');
  });

  t.test(`port-forward by ${way}`, async (t) => {
    const env = { ...process.env, ...variables, KUBECONFIG: join(directory, 'kubernetes-admin.conf') };
    const child = spawn('kubectl', ['port-forward', 'web', ':80', ':81'], { env, cwd: directory });
    t.teardown(() => child.kill());
    const said = listener(child);
    const [, good, bad] = await said(/127\.0\.0\.1:(\d+) -> 80[\s\S]*127\.0\.0\.1:(\d+) -> 81/);
    const large = 'x'.repeat(300_000);
    const answers = await Promise.all([large, 'two', 'three'].map((text) => through(Number(good), text)));
    t.strictSame(answers, [`hello ${large}`, 'hello two', 'hello three'], 'three connections at once');
    t.equal(await through(Number(bad), 'x'), '');
    await said(/an error occurred forwarding \d+ -> 81: nothing listens on 81/);
  });
}

async function through(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => socket.destroy()).end(text);
  return String(Buffer.concat(await socket.toArray().catch(() => [])));
}

/** Resolves once what a program has said until then, or says later, matches. */
function listener({ stdout, stderr }: ChildProcess): (words: RegExp) => Promise<RegExpExecArray> {
  let text = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (part: Buffer) => (text += String(part)));
  return async (words) => {
    for (;;) {
      const found = words.exec(text);
      if (found !== null) return found;
      await Promise.race([once(stdout as Readable, 'data'), once(stderr as Readable, 'data')]);
    }
  };
}
