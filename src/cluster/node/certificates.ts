import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { act } from './act.ts';
import { filesOfNode } from './places.ts';

interface ServerFiles {
  ca: string;
  caKey: string;
  cert: string;
  key: string;
}

/** A key and a certificate of the cluster's CA. Arguments: name, subject, extensions. */
export const issue = `issue() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -CA ca.crt -CAkey ca.key \\
    -keyout "$1.key" -out "$1.crt" -subj "$2" -addext basicConstraints=critical,CA:FALSE -addext "$3" -addext "$4"
}`;

/** The files of /etc/kubernetes/pki and the administrator's kubeconfig, as kubeadm leaves them; made once. */
export async function certificates(
  node: string,
  address: string,
  serviceAddress: string,
): Promise<ServerFiles> {
  const directory = `${filesOfNode(node)}/kubernetes/pki`;
  const read = (name: string) => readFileSync(`${directory}/${name}`, 'utf8');
  if (!existsSync(`${directory}/admin.crt`)) {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    const names = [
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      node,
      'localhost',
    ];
    const list = [
      ...names.map((name) => `DNS:${name}`),
      ...[serviceAddress, address, '127.0.0.1'].map((ip) => `IP:${ip}`),
    ];
    const script = `set -e
${issue}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.crt -subj /CN=kubernetes
issue apiserver /CN=kube-apiserver extendedKeyUsage=serverAuth subjectAltName=${list.join(',')}
issue admin /O=system:masters/CN=kubernetes-admin extendedKeyUsage=clientAuth keyUsage=critical,digitalSignature`;
    const ran = await act(['sh', '-c', `cd ${directory} && umask 077 && exec 2>&1; ${script}`]);
    if (ran.code !== 0) throw new Error(`the certificates could not be made: ${ran.stdout}`);
  }
  const admin = { user: 'kubernetes-admin', certificate: read('admin.crt'), key: read('admin.key') };
  const config = kubeconfig(`https://${address}:6443`, read('ca.crt'), admin);
  for (const file of ['/root/.kube/config', `${filesOfNode(node)}/kubernetes/admin.conf`]) {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, config, { mode: 0o600 });
  }
  return {
    ca: read('ca.crt'),
    caKey: read('ca.key'),
    cert: read('apiserver.crt'),
    key: read('apiserver.key'),
  };
}

interface User {
  user: string;
  certificate: string;
  key: string;
}

export function kubeconfig(server: string, ca: string, { user, certificate, key }: User): string {
  const data = (text: string) => Buffer.from(text).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${data(ca)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${user}
  name: ${user}@kubernetes
current-context: ${user}@kubernetes
preferences: {}
users:
- name: ${user}
  user:
    client-certificate-data: ${data(certificate)}
    client-key-data: ${data(key)}
`;
}
