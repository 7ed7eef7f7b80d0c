import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiObject } from '../../store/objects.ts';
import { StoreError } from '../../store/objects.ts';
import type { Store } from '../../store/store.ts';
import { at, child, numberOf, recordsOf, textOf, textsOf } from '../values.ts';

const run = promisify(execFile);

interface SigningCa {
  cert: string;
  key: string;
}

const resource = 'certificatesigningrequests.certificates.k8s.io';
const signers = [
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
];

/** The controller manager's signer: signs requests as they are approved. Returns a function that ends it. */
export function runSigner(store: Store, ca: SigningCa, now: () => Date): () => void {
  return store.watch({ resource }, store.resourceVersion, ({ type, object }) => {
    if (type === 'MODIFIED' && isWaiting(object)) void signAndKeep(store, object, ca, now());
  });
}

function isWaiting(csr: ApiObject): boolean {
  const status = at(csr, 'status');
  const types = recordsOf(status.conditions).map(({ type }) => type);
  const known = signers.includes(textOf(at(csr, 'spec').signerName));
  return (
    known && types.includes('Approved') && !types.includes('Failed') && textOf(status.certificate) === ''
  );
}

async function signAndKeep(store: Store, csr: ApiObject, ca: SigningCa, now: Date): Promise<void> {
  const result = await signed(csr, ca, now).catch((error: unknown) => ({ error: String(error) }));
  try {
    const current = store.get(resource, undefined, csr.metadata.name);
    const status = child(current, 'status');
    if (typeof result === 'string') status.certificate = Buffer.from(result).toString('base64');
    else {
      const failed = { type: 'Failed', status: 'True', reason: 'SigningError', message: result.error };
      status.conditions = [...recordsOf(status.conditions), failed];
    }
    store.update(resource, current);
  } catch (error) {
    // Deleted or changed in between: a change wakes the signer again.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** By openssl: it checks the request's own signature, and keeps its subject. */
async function signed(csr: ApiObject, ca: SigningCa, now: Date): Promise<string> {
  const spec = at(csr, 'spec');
  const seconds = numberOf(spec.expirationSeconds) || 365 * 24 * 3600;
  const directory = await mkdtemp(join(tmpdir(), 'csr-'));
  try {
    const files: Record<string, string | Buffer> = {
      'request.csr': Buffer.from(textOf(spec.request), 'base64'),
      'ca.crt': ca.cert,
      'ca.key': ca.key,
      'index.txt': '',
      'index.txt.attr': 'unique_subject = no\n',
      'ca.cnf': configuration(textsOf(spec.usages)),
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(directory, name), content, { mode: 0o600 });
    }
    const dates = ['-startdate', opensslTime(now, -300), '-enddate', opensslTime(now, seconds)];
    const input = ['-in', 'request.csr', '-out', 'issued.crt'];
    const options = ['-batch', '-notext', '-preserveDN', '-config', 'ca.cnf'];
    await run('openssl', ['ca', ...options, ...dates, ...input], { cwd: directory });
    return await readFile(join(directory, 'issued.crt'), 'utf8');
  } finally {
    await rm(directory, { recursive: true });
  }
}

function configuration(usages: string[]): string {
  const key = usages.filter((usage) => usage in keyUsages).map((usage) => keyUsages[usage]);
  const extended = usages.filter((usage) => usage in extendedUsages).map((usage) => extendedUsages[usage]);
  return `[ca]
default_ca = cluster
[cluster]
database = index.txt
serial = serial
rand_serial = yes
new_certs_dir = .
certificate = ca.crt
private_key = ca.key
default_md = sha256
policy = any
x509_extensions = extensions
copy_extensions = copy
[any]
commonName = supplied
organizationName = optional
[extensions]
basicConstraints = critical,CA:FALSE
${key.length === 0 ? '' : `keyUsage = critical,${key.join(',')}\n`}${extended.length === 0 ? '' : `extendedKeyUsage = ${extended.join(',')}\n`}`;
}

const keyUsages: Record<string, string> = {
  'digital signature': 'digitalSignature',
  'key encipherment': 'keyEncipherment',
  'key agreement': 'keyAgreement',
  'data encipherment': 'dataEncipherment',
};

const extendedUsages: Record<string, string> = { 'client auth': 'clientAuth', 'server auth': 'serverAuth' };

/** 20260102030405Z */
function opensslTime(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, '');
}
