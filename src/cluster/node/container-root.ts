import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { act } from './act.ts';
import type { Image } from './images.ts';
import { lentDirectory } from './places.ts';

/** The entries of the machine's /etc that a container shares. */
export const shared = [
  'alternatives',
  'bash.bashrc',
  'group',
  'host.conf',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'nsswitch.conf',
  'passwd',
  'profile',
  'protocols',
  'services',
  'shadow',
  'ssl',
  'terminfo',
];

const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

export interface Bind {
  from: string;
  to: string;
  readOnly: boolean;
}

/** The files of one container, and the mounts that belong to them as a fstab(5). */
export function makeRoot(
  root: string,
  image: Image,
  podFiles: Record<string, string>,
  binds: readonly Bind[],
): string {
  for (const name of [
    'etc/nginx',
    'usr',
    'proc',
    'sys',
    'dev/pts',
    'dev/shm',
    'tmp',
    'root',
    'home',
    'mnt',
    '.old',
    'run/lock',
  ])
    mkdirSync(`${root}/${name}`, { recursive: true });
  for (const name of ['var/log/nginx', 'var/lib/nginx', 'var/cache', 'var/tmp'])
    mkdirSync(`${root}/${name}`, { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64'])
    if (existsSync(`/usr/${name}`)) symlinkSync(`usr/${name}`, `${root}/${name}`);
  for (const name of ['tmp', 'var/tmp', 'dev/shm']) chmodSync(`${root}/${name}`, 0o1777);
  symlinkSync('/run', `${root}/var/run`);
  for (const [name, target] of [
    ['ptmx', 'pts/ptmx'],
    ['fd', '/proc/self/fd'],
    ['stdin', 'fd/0'],
    ['stdout', 'fd/1'],
    ['stderr', 'fd/2'],
  ] as const)
    symlinkSync(target, `${root}/dev/${name}`);
  for (const name of devices) writeFileSync(`${root}/dev/${name}`, '');
  for (const name of shared)
    if (existsSync(`/etc/${name}`))
      cpSync(`/etc/${name}`, `${root}/etc/${name}`, { recursive: true, verbatimSymlinks: true });
  for (const [name, text] of Object.entries({ ...image.files, ...podFiles })) {
    mkdirSync(dirname(`${root}/${name}`), { recursive: true });
    writeFileSync(`${root}/${name}`, text);
  }
  const lines = [
    `/usr ${root}/usr none bind,ro 0 0`,
    `proc ${root}/proc proc nosuid,nodev,noexec 0 0`,
    `sysfs ${root}/sys sysfs nosuid,nodev,noexec 0 0`,
    `devpts ${root}/dev/pts devpts newinstance,mode=620,ptmxmode=666,gid=5,max=64 0 0`,
    ...devices.map((name) => `/dev/${name} ${root}/dev/${name} none bind 0 0`),
    ...(image.lent ? [bound(root, lentDirectory, lentDirectory, true)] : []),
    ...image.copies.map((path) => copied(root, path)),
    ...binds.map(({ from, to, readOnly }) => bound(root, from, to, readOnly)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Over the files of the root; /usr is the machine's own. @throws if the layer is no archive */
export async function unpackLayer(root: string, layer: string): Promise<void> {
  const argv = [
    'tar',
    '-xf',
    layer,
    '-C',
    root,
    '--keep-directory-symlink',
    '--exclude=usr',
    '--exclude=./usr',
  ];
  const { code, stderr } = await act(argv);
  if (code !== 0) throw new Error(`failed to extract layer: ${stderr.trim()}`);
}

/** /usr cannot be written: the parts that an image lets its user change lie over it. */
function copied(root: string, path: string): string {
  const own = `${root}/.copies${path}`;
  mkdirSync(dirname(own), { recursive: true });
  cpSync(path, own, { recursive: true });
  return `${own} ${root}${path} none bind 0 0`;
}

function bound(root: string, from: string, to: string, readOnly: boolean): string {
  if (!to.startsWith('/usr/')) mkdirSync(`${root}${to}`, { recursive: true });
  return `${from} ${root}${to} none rbind${readOnly ? ',ro' : ''} 0 0`;
}
