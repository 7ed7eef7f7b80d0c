import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { architecture } from '../architecture.ts';
import { act } from '../node/act.ts';
import { shared } from '../node/container-root.ts';
import { fullName, type Image, imageOf } from '../node/images.ts';

/** Images as labs ask for them: a real node has a tag or lacks it. */
export const references = [
  'nginx',
  'nginx:alpine',
  'busybox',
  'debian',
  'ubuntu',
  'curlimages/curl',
  'adolfintel/speedtest',
  'bprashanth/nginxhttps:1.0',
  'kodekloud/ecommerce:apparels',
  'kodekloud/ecommerce:food',
  'kodekloud/ecommerce:pay',
  'kodekloud/ecommerce:video',
  'weaveworks/weave-kube:2.8.1',
  'registry.k8s.io/echoserver:1.10',
  'registry.k8s.io/defaultbackend-amd64:1.5',
  'registry.k8s.io/ingress-nginx/controller:v1.11.3',
  'registry.k8s.io/coredns/coredns:v1.11.3',
] as const;

const pause = 'registry.k8s.io/pause:3.9';
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The parts of the machine's /usr that every container shares: an image here has files, not programs. */
const programs = ['bin', 'sbin', 'lib', 'lib64', 'libexec', 'share/dns', 'share/terminfo', 'share/zoneinfo'];

interface Spec {
  mounts: { destination: string; type: string; source: string; options: string[] }[];
}

/** The runtime's own specification of a container, with the machine's programs in it. */
export function specWithPrograms(text: string, exists: (path: string) => boolean = existsSync): string {
  const spec: Spec = JSON.parse(text);
  const shares = programs
    .map((name) => `/usr/${name}`)
    .filter((name) => exists(name))
    .map((name) => ({ destination: name, type: 'bind', source: name, options: ['rbind', 'ro'] }));
  return JSON.stringify({
    ...spec,
    mounts: [...spec.mounts.filter(({ destination }) => destination !== '/run'), ...shares],
  });
}

/** An archive of all images, as `docker save` makes it; made once for all nodes. */
export async function makeImages(directory: string): Promise<string> {
  const archive = `${directory}/images.tar`;
  if (existsSync(archive)) return archive;
  const work = `${directory}/images`;
  mkdirSync(work, { recursive: true });
  makeBase(`${work}/base`);
  await makePause(`${work}/pause`);
  const base = await layerOf(work, 'base');
  const manifest = [
    entry(work, pause, [await layerOf(work, 'pause')], { Cmd: ['/usr/bin/sleep', 'infinity'] }),
  ];
  for (const [at, reference] of references.entries()) {
    const image = imageOf(reference);
    if (image === null) throw new Error(`the table of images lacks ${reference}`);
    makeOwn(`${work}/own-${at}`, image);
    const layers = [base, await layerOf(work, `own-${at}`)];
    manifest.push(
      entry(work, fullName(reference), layers, { Entrypoint: image.entrypoint, Cmd: image.command }),
    );
  }
  writeFileSync(`${work}/manifest.json`, JSON.stringify(manifest));
  const files = ['manifest.json', ...new Set(manifest.flatMap(({ Config, Layers }) => [Config, ...Layers]))];
  await must(['tar', '-cf', archive, '-C', work, ...files]);
  await must(['rm', '-rf', work]);
  return archive;
}

function makeBase(root: string): void {
  const directories = ['bin', 'sbin', 'lib', 'lib64', 'libexec', 'local', 'share/nginx/html'];
  const rest = [
    'etc/nginx',
    'etc/unbound',
    'proc',
    'sys',
    'dev',
    'run/lock',
    'root',
    'home',
    'mnt',
    'tmp',
    'opt',
  ];
  const state = ['log/nginx', 'lib/nginx', 'cache', 'tmp', 'spool'];
  for (const name of [
    ...directories.map((each) => `usr/${each}`),
    ...programs.map((each) => `usr/${each}`),
    ...rest,
    ...state.map((each) => `var/${each}`),
  ])
    mkdirSync(`${root}/${name}`, { recursive: true });
  for (const name of ['tmp', 'var/tmp']) chmodSync(`${root}/${name}`, 0o1777);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, `${root}/${name}`);
  symlinkSync('/run', `${root}/var/run`);
  for (const name of shared)
    if (existsSync(`/etc/${name}`))
      cpSync(`/etc/${name}`, `${root}/etc/${name}`, { recursive: true, verbatimSymlinks: true });
}

/** The sandbox's own program: of all containers, these alone get no mounts from the specification. */
async function makePause(root: string): Promise<void> {
  const { stdout } = await must(['ldd', '/usr/bin/sleep']);
  const libraries = [...stdout.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, name = '']) => name);
  for (const name of ['proc', 'sys', 'dev', 'etc']) mkdirSync(`${root}/${name}`, { recursive: true });
  // Each under the name it is asked for.
  await must(['cp', '--dereference', '--parents', '/usr/bin/sleep', ...libraries, root]);
}

/** A stand-in's files come when its container runs, so its program waits for them. */
const waiting =
  'until [ -s /etc/unbound/unbound.conf ] || [ -s /etc/unbound/refused ] || [ -s /etc/nginx/nginx.conf ]; do sleep 0.05; done\n';

function makeOwn(root: string, { files, copies, standIn }: Image): void {
  mkdirSync(root, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(`${root}/${name}`), { recursive: true });
    writeFileSync(`${root}/${name}`, standIn === undefined ? text : `${waiting}${text}`);
  }
  for (const directory of copies) cpSync(directory, `${root}${directory}`, { recursive: true });
}

async function layerOf(work: string, name: string): Promise<{ file: string; id: string }> {
  const made = `${work}/${name}.tar`;
  const owners = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await must(['tar', '-cf', made, ...owners, '-C', `${work}/${name}`, '.']);
  const id = createHash('sha256').update(readFileSync(made)).digest('hex');
  renameSync(made, `${work}/${id}.tar`);
  return { file: `${id}.tar`, id };
}

function entry(
  work: string,
  reference: string,
  layers: readonly { file: string; id: string }[],
  settings: Record<string, string[]>,
) {
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    config: { Env: [path], ...settings },
    rootfs: { type: 'layers', diff_ids: layers.map(({ id }) => `sha256:${id}`) },
  });
  const name = `${createHash('sha256').update(config).digest('hex')}.json`;
  writeFileSync(`${work}/${name}`, config);
  return { Config: name, RepoTags: [reference], Layers: layers.map(({ file }) => file) };
}

async function must(argv: string[]) {
  const ran = await act(argv);
  if (ran.code !== 0) throw new Error(`the images could not be made: ${ran.stderr.trim()}`);
  return ran;
}
