import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PodAccess } from '../../../../src/cluster/api/pod-access.ts';
import { type Api, createApi } from '../../../../src/cluster/api/server.ts';
import { Store } from '../../../../src/cluster/store/store.ts';

export interface Answer {
  code: number;
  out: string;
  err: string;
}

/** An API server in this process over TLS, and the real kubectl to drive it. */
export interface ApiUnderTest {
  api: Api;
  store: Store;
  directory: string;
  /** Runs kubectl with these words; `input` is what `-f -` reads. */
  kubectl(words: string, input?: string): Promise<Answer>;
  /** As kubectl, with the words already split. */
  run(
    words: string[],
    input?: string,
    program?: string,
    variables?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** A kubeconfig of another user: a certificate of the cluster's CA, or any other one. */
  userFile(name: string, groups?: string[], ca?: string): string;
  close(): Promise<void>;
}

const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export async function apiUnderTest(pods?: PodAccess): Promise<ApiUnderTest> {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-api-'));
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: directory, stdio: 'pipe' });
  const authority = (name: string) =>
    openssl(
      'req',
      '-x509',
      ...ec,
      '-days',
      '2',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      `/CN=${name}`,
    );
  const issue = (name: string, subject: string, ca: string, extension: string) =>
    openssl(
      ...['req', '-x509', ...ec, '-days', '1', '-CA', `${ca}.crt`, '-CAkey', `${ca}.key`],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', subject, '-addext', extension],
    );
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  authority('ca');
  authority('other-ca');
  issue('server', '/CN=kube-apiserver', 'ca', 'subjectAltName=IP:127.0.0.1');

  const store = new Store({ now: () => new Date(), newUid: () => randomUUID() });
  const tls = {
    cert: read('server.crt'),
    key: read('server.key'),
    ca: read('ca.crt'),
    caKey: read('ca.key'),
  };
  const api = createApi({ store, tls, ...(pods === undefined ? {} : { pods }) });
  for (const name of ['default', 'kube-system']) {
    store.create('namespaces', {
      ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      ...{ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
    });
  }
  const { port } = await api.listen('127.0.0.1', 0);
  const userFile = (name: string, groups: string[] = [], ca = 'ca'): string => {
    const subject = `${groups.map((group) => `/O=${group}`).join('')}/CN=${name}`;
    issue(name, subject, ca, 'extendedKeyUsage=clientAuth');
    const file = join(directory, `${name}.conf`);
    writeFileSync(file, kubeconfig(`https://127.0.0.1:${port}`, name));
    return file;
  };
  const admin = userFile('kubernetes-admin', ['system:masters']);
  const run: ApiUnderTest['run'] = (words, input = '', program = 'kubectl', variables = {}) =>
    new Promise((resolve, reject) => {
      const env = {
        ...variables,
        PATH: process.env.PATH,
        HOME: directory,
        KUBECONFIG: admin,
        KUBECACHEDIR: join(directory, 'cache'),
      };
      const child = execFile(program, words, { env, cwd: directory, timeout: 60_000 }, (error, out, err) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
      child.stdin?.end(input);
    });
  return {
    api,
    store,
    directory,
    run,
    kubectl: (words, input) => run(words.split(' '), input),
    userFile,
    close: async () => {
      await api.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function kubeconfig(server: string, user: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: test, cluster: { server: "${server}", certificate-authority: ca.crt } }]
users: [{ name: ${user}, user: { client-certificate: ${user}.crt, client-key: ${user}.key } }]
contexts: [{ name: test, context: { cluster: test, user: ${user} } }]
current-context: test
`;
}
