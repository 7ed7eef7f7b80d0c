import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { act } from './act.ts';
import type { Image } from './images.ts';
import { inNode, runDirectory } from './places.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** Where an image is: `HOST[:PORT]/NAME:TAG`. */
interface Place {
  host: string;
  name: string;
  tag: string;
}

/** Null for a name without a registry's host, such as one of Docker Hub. */
export function placeOf(reference: string): Place | null {
  const [, host = '', name = '', tag = 'latest'] = /^([^/]+)\/([^:@]+)(?::([^@]+))?$/.exec(reference) ?? [];
  return /[.:]|^localhost$/.test(host) && name !== '' ? { host, name, tag } : null;
}

/** The entry of a secret of type kubernetes.io/dockerconfigjson for a registry. */
export function credentialsFor(host: string, dockerconfigjson: string): Credentials | null {
  const auths: Record<string, Partial<Credentials> & { auth?: string }> =
    JSON.parse(dockerconfigjson).auths ?? {};
  const own = Object.entries(auths).find(([url]) => url.replace(/^https?:\/\//, '').split('/')[0] === host);
  if (own === undefined) return null;
  const [, { auth = '', username, password }] = own;
  const [, user = '', word = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
  const found = { username: username ?? user, password: password ?? word };
  return found.username === '' || found.password === '' ? null : found;
}

interface Answer {
  status: number;
  file: string;
}

const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
];

/** One registry as a node reaches it: with its network, names and trusted authorities. */
export class Registry {
  readonly #node: string;
  readonly #place: Place;
  readonly #credentials: Credentials | null;
  readonly #directory: string;

  constructor(node: string, place: Place, credentials: Credentials | null) {
    this.#node = node;
    this.#place = place;
    this.#credentials = credentials;
    this.#directory = `${runDirectory}/images/${node}`;
    mkdirSync(this.#directory, { recursive: true });
  }

  /** @throws with containerd's words */
  async pull(): Promise<Image> {
    const { host, name, tag } = this.#place;
    const url = `https://${host}/v2/${name}/manifests/${tag}`;
    const found = await this.#authorised(url);
    if (found.status === 404) throw new Error(`${host}/${name}:${tag}: not found`);
    if (found.status !== 200) throw new Error(unexpected('HEAD', url, found.status));
    const got = await this.#ask('GET', url, true);
    if (got.status !== 200) throw new Error(unexpected('GET', url, got.status));
    const manifest = JSON.parse(readFileSync(got.file, 'utf8'));
    if (manifest.config?.digest === undefined)
      throw new Error('no match for platform in manifest: not found');
    const { config = {} } = JSON.parse(readFileSync(await this.#blob(manifest.config.digest), 'utf8'));
    const layers: string[] = [];
    for (const { digest } of manifest.layers) layers.push(await this.#blob(digest));
    return {
      entrypoint: config.Entrypoint ?? [],
      command: config.Cmd ?? [],
      files: {},
      copies: [],
      layers,
    };
  }

  /** As containerd does it: without credentials first, and with them once the registry wants some. */
  async #authorised(url: string): Promise<Answer> {
    const first = await this.#ask('HEAD', url, false);
    if (first.status !== 401) return first;
    if (this.#credentials === null)
      throw new Error(
        'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      );
    return this.#ask('HEAD', url, true);
  }

  async #blob(digest: string): Promise<string> {
    const file = `${this.#directory}/${digest.replace(/\W/g, '-')}`;
    if (existsSync(file)) return file;
    const { host, name } = this.#place;
    const url = `https://${host}/v2/${name}/blobs/${digest}`;
    const got = await this.#ask('GET', url, true, file);
    if (got.status !== 200) throw new Error(unexpected('GET', url, got.status));
    const actual = `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
    if (actual === digest) return file;
    rmSync(file);
    throw new Error(`failed commit on ref: unexpected commit digest ${actual}, expected ${digest}`);
  }

  async #ask(
    method: 'HEAD' | 'GET',
    url: string,
    withCredentials: boolean,
    file = `${this.#directory}/manifest`,
  ): Promise<Answer> {
    const given = withCredentials ? this.#credentials : null;
    // Not among the arguments, which every process of the machine can read.
    const input = given === null ? '' : `user = ${JSON.stringify(`${given.username}:${given.password}`)}\n`;
    const head = method === 'HEAD' ? ['--head'] : [];
    const accept = manifestTypes.flatMap((type) => ['-H', `Accept: ${type}`]);
    const argv = ['curl', '-sv', '--noproxy', '*', '--max-time', '20', ...head, ...accept];
    const out = ['--config', '-', '-o', file, '-w', '%{http_code}', url];
    const ran = await act(inNode(this.#node, [...argv, ...out]), { input });
    if (ran.code === 0) return { status: Number(ran.stdout), file };
    throw new Error(
      `failed to do request: ${method === 'HEAD' ? 'Head' : 'Get'} "${url}": ${reasonIn(ran.stderr, this.#place.host)}`,
    );
  }
}

const meanings: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

const unexpected = (method: string, url: string, status: number): string =>
  `unexpected status from ${method} request to ${url}: ${status} ${meanings[status] ?? ''}`.trim();

/** What curl reports, in the words of Go's libraries. */
function reasonIn(report: string, host: string): string {
  const [name = '', port = '443'] = host.split(':');
  if (/Could not resolve host/.test(report)) return `dial tcp: lookup ${name}: no such host`;
  const [, address = name, why] =
    /connect to (\S+) port \d+ (?:from .*)?failed: (.+)/.exec(report) ??
    /Immediate connect fail for (\S+): (.+)/.exec(report) ??
    [];
  if (why !== undefined) return `dial tcp ${address}:${port}: connect: ${why.trim().toLowerCase()}`;
  if (/certificate has expired/.test(report))
    return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
  if (/alternative certificate subject name|certificate subject name/.test(report))
    return `tls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match ${name}`;
  if (/SSL certificate problem/.test(report))
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  if (/wrong version number/.test(report)) return 'http: server gave HTTP response to HTTPS client';
  if (/timed out/.test(report)) return `dial tcp ${address}:${port}: i/o timeout`;
  return report.trim().split('\n').at(-1) ?? '';
}
