import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { act } from '../node/act.ts';
import { issue, kubeconfig } from '../node/certificates.ts';
import { configOf } from './places.ts';

/** Keys that the small cluster does without: of service accounts. */
export async function serviceAccountKeys(node: string): Promise<void> {
  const script = `cd ${configOf(node)}/pki && umask 077
[ -e sa.pub ] || { openssl ecparam -name prime256v1 -genkey -noout -out sa.key && openssl ec -in sa.key -pubout -out sa.pub; }`;
  const ran = await act(['sh', '-c', script]);
  if (ran.code !== 0) throw new Error(`the keys of service accounts could not be made: ${ran.stderr}`);
}

/** A component's user: the name of its kubeconfig in /etc/kubernetes, and the subject by which RBAC knows it. */
const planeUsers = {
  'controller-manager': '/CN=system:kube-controller-manager',
  scheduler: '/CN=system:kube-scheduler',
};
const usersOn = (node: string) => ({
  kubelet: `/O=system:nodes/CN=system:node:${node}`,
  'kube-proxy': '/CN=system:kube-proxy',
});

export const planeConfigs = (plane: string, server: string): Promise<void> =>
  configs(plane, plane, server, planeUsers);

/** The node gets the certificate of the CA, too. */
export const nodeConfigs = (plane: string, node: string, server: string): Promise<void> =>
  configs(plane, node, server, usersOn(node));

async function configs(
  plane: string,
  node: string,
  server: string,
  users: Record<string, string>,
): Promise<void> {
  const authority = `${configOf(plane)}/pki`;
  const pki = `${configOf(node)}/pki`;
  mkdirSync(pki, { recursive: true });
  const ca = readFileSync(`${authority}/ca.crt`, 'utf8');
  if (node !== plane) writeFileSync(`${pki}/ca.crt`, ca);
  const [names, subjects] = [Object.keys(users), Object.values(users)];
  const missing = names.filter((name) => !existsSync(`${configOf(node)}/${name}.conf`));
  const lines = names.map((name, at) => {
    const extensions = 'extendedKeyUsage=clientAuth keyUsage=critical,digitalSignature';
    return missing.includes(name) ? `issue ${pki}/${name} ${subjects[at]} ${extensions}` : '';
  });
  const ran = await act([
    'sh',
    '-c',
    `cd ${authority} && umask 077 && exec 2>&1; set -e\n${issue}\n${lines.join('\n')}`,
  ]);
  if (ran.code !== 0) throw new Error(`the certificates of ${node} could not be made: ${ran.stdout}`);
  for (const name of missing) {
    const read = (end: string) => readFileSync(`${pki}/${name}.${end}`, 'utf8');
    const user = subjects[names.indexOf(name)]?.replace(/.*CN=/, '') ?? name;
    const text = kubeconfig(server, ca, { user, certificate: read('crt'), key: read('key') });
    writeFileSync(`${configOf(node)}/${name}.conf`, text, { mode: 0o600 });
  }
}
