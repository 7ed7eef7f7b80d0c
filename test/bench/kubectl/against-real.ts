import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, type ApiUnderTest, apiUnderTest } from '../../cluster/api/support/cluster.ts';
import { commands } from './commands.ts';
import { manifests } from './manifests.ts';

/**
 * Every command of commands.txt, one after the other, to the cluster's API server and to a real one, by the same kubectl:
 * whose exit codes and words differ? Arguments: a real kube-apiserver (`scripts/kubernetes-programs`), an etcd (Debian's
 * etcd-server), and a kubectl:
 *   node test/bench/kubectl/against-real.ts DIRECTORY/kube-apiserver /usr/bin/etcd kubectl
 */
const [, , apiServer = '', etcd = '', kubectl = 'kubectl'] = process.argv;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** In the directory of the other, with its certificates; only on 127.0.0.1. */
async function realServer(directory: string): Promise<{ file: string; end: () => void }> {
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  const started: ChildProcess[] = [];
  const start = (program: string, argv: string[]) => {
    const log = openSync(`${directory}/${program.replace(/.*\//, '')}.log`, 'a');
    started.push(spawn(program, argv, { cwd: directory, stdio: ['ignore', log, log] }));
  };
  mkdirSync(`${directory}/etcd`, { mode: 0o700 });
  // Kubernetes 1.20 reads no EC key in PKCS #8.
  execFileSync('openssl', ['genrsa', '-out', 'accounts.key', '2048'], { cwd: directory, stdio: 'pipe' });
  start(etcd, [
    ...['--data-dir', `${directory}/etcd`, '--listen-client-urls', `http://127.0.0.1:${client}`],
    ...['--advertise-client-urls', `http://127.0.0.1:${client}`],
    ...['--listen-peer-urls', `http://127.0.0.1:${peer}`],
    ...['--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`],
    ...['--initial-cluster', `default=http://127.0.0.1:${peer}`],
  ]);
  start(apiServer, [
    ...[`--etcd-servers=http://127.0.0.1:${client}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
    ...['--client-ca-file=ca.crt', '--tls-cert-file=server.crt', '--tls-private-key-file=server.key'],
    ...['--service-account-issuer=https://kubernetes.default.svc', '--service-account-key-file=accounts.key'],
    ...['--service-account-signing-key-file=accounts.key', '--service-cluster-ip-range=10.96.0.0/12'],
    ...['--authorization-mode=RBAC', '--endpoint-reconciler-type=none', '--allow-privileged'],
    ...['--disable-admission-plugins=ServiceAccount', `--cert-dir=${directory}/made`],
  ]);
  const admin = readFileSync(`${directory}/kubernetes-admin.conf`, 'utf8');
  const file = `${directory}/real.conf`;
  writeFileSync(file, admin.replace(/https:\/\/127\.0\.0\.1:\d+/, `https://127.0.0.1:${port}`));
  return {
    file,
    end: () => {
      for (const child of started) child.kill('SIGKILL');
    },
  };
}

/** What differs between two servers by nature. */
const plain = ({ code, out, err }: Answer): string =>
  `${code} ${out}${err}`
    .replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\d{4}-\d\d-\d\d [\d:]+ \+0000 UTC/g, 'TIME')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} [\d:]+ [+-]\d{4}/g, 'TIME')
    .replaceAll(/resourceVersion: "\d+"|"resourceVersion":"\d+"/g, 'VERSION')
    .replaceAll(/\b10\.(9[6-9]|1[01]\d)\.\d+\.\d+\b/g, 'ADDRESS')
    .replaceAll(/\b3[0-2]\d{3}\b/g, 'NODEPORT')
    .replaceAll(/\b\d+(s|m\d*s?)\b/g, 'AGE')
    .replaceAll(/[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^(I|W|E)\d{4} /.test(line))
    .join('\n');

async function ready(cluster: ApiUnderTest, file: string): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    const words = ['--kubeconfig', file, 'get', 'namespace', 'kube-system', 'default'];
    const { code, err } = await cluster.run(words, '', kubectl);
    if (code === 0) return;
    if (performance.now() > until) throw new Error(`the real API server does not answer: ${err}`);
    await wait(500);
  }
}

const cluster = await apiUnderTest();
const real = await realServer(cluster.directory);
let same = 0;
try {
  await ready(cluster, real.file);
  const all = commands();
  for (const { words, input, line } of all) {
    const manifest = input === undefined ? '' : (manifests[input] ?? '');
    const mine = plain(await cluster.run(words, manifest, kubectl));
    const theirs = plain(await cluster.run(['--kubeconfig', real.file, ...words], manifest, kubectl));
    if (mine === theirs) same += 1;
    else
      console.log(
        `\nkubectl ${line}\n--- real\n${theirs.slice(0, 2500)}\n--- hoplab\n${mine.slice(0, 2500)}`,
      );
  }
  console.log(`\n${same} of ${all.length} commands alike`);
} finally {
  real.end();
  await cluster.close();
}
