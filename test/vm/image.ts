import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { System } from './systems.ts';
import { excluded, ROOT } from './vagrantfile.ts';

export interface Image {
  disk: string;
  kernel: string;
  initrd: string;
}

export const imageIn = (folder: string): Image => ({
  disk: join(folder, 'disk.raw'),
  kernel: join(folder, 'vmlinuz'),
  initrd: join(folder, 'initrd.img'),
});

/** The user, password and rights that Vagrant expects of a box, a first interface with DHCP, and the key of these tests. */
const CUSTOMISE = `set -eu
chroot "$1" useradd --create-home --shell /bin/bash vagrant
echo vagrant:vagrant | chroot "$1" chpasswd
echo 'vagrant ALL=(ALL) NOPASSWD: ALL' >"$1/etc/sudoers.d/vagrant"
install -d -m 700 "$1/home/vagrant/.ssh"
install -m 600 "$HOPLAB_KEY.pub" "$1/home/vagrant/.ssh/authorized_keys"
chroot "$1" chown -R vagrant:vagrant /home/vagrant/.ssh
echo hoplab >"$1/etc/hostname"
printf '127.0.0.1 localhost\\n127.0.1.1 hoplab\\n' >"$1/etc/hosts"
printf '/dev/vda / ext4 errors=remount-ro 0 1\\n' >"$1/etc/fstab"
printf 'auto lo\\niface lo inet loopback\\nallow-hotplug eth0\\niface eth0 inet dhcp\\n' >"$1/etc/network/interfaces"
`;

/**
 * Packages and modules, made by this processor and not by an emulated one. The certificates are those that this
 * computer trusts besides Debian's: of a proxy, for instance.
 */
export const PREPARE = `set -eu
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount --rbind /sys "$1/sys"
mount --bind /etc/resolv.conf "$1/etc/resolv.conf"
mkdir -p "$1/opt/hoplab" "$1/usr/local/share/ca-certificates"
cp -r /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates"
chroot "$1" update-ca-certificates
rsync --archive --delete $HOPLAB_EXCLUDED "$HOPLAB_ROOT/" "$1/opt/hoplab/"
chroot "$1" chown -R root:root /opt/hoplab
chroot "$1" /opt/hoplab/scripts/setup --docker --kubernetes
`;

/** Runs it in a mount namespace of its own: what is mounted goes with it, also when it fails. */
export async function prepare(folder: string, script: string, root: string): Promise<void> {
  const log = { file: join(folder, 'image.log'), append: true } as const;
  await execa('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'prepare', root], {
    env: { HOPLAB_ROOT: ROOT, HOPLAB_EXCLUDED: excluded().join(' ') },
    ...{ stdin: 'ignore', stdout: log, stderr: log },
  });
}

/** Brings the sources as they are now, and what is built of them, into an image that no VM uses. */
export async function renewImage(folder: string): Promise<void> {
  const root = join(folder, 'root');
  // A run that was cut left it.
  mkdirSync(root, { recursive: true });
  try {
    await execa('e2fsck', ['-p', imageIn(folder).disk], { reject: false });
    const mount = 'set -eu\nmount -o loop "$1/../disk.raw" "$1"\n';
    await prepare(folder, mount + PREPARE, root);
  } finally {
    rmdirSync(root);
  }
}

/** Makes the system from packages (mmdebstrap), unless an earlier run has. */
export async function makeSystem(
  folder: string,
  suite: string,
  packages: readonly string[],
  mirror: string | undefined,
): Promise<void> {
  const root = join(folder, 'root');
  const key = join(folder, 'key');
  const made = join(folder, 'root-made');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(key)) await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const log = { file: join(folder, 'image.log'), append: true } as const;
  const output = { stdin: 'ignore', stdout: log, stderr: log } as const;
  if (!existsSync(made)) {
    rmSync(root, { recursive: true, force: true });
    const hook = join(folder, 'customise');
    writeFileSync(hook, CUSTOMISE);
    await execa(
      'mmdebstrap',
      [
        ...['--variant=important', `--include=${packages.join(',')}`, `--customize-hook=sh ${hook} "$1"`],
        ...[suite, root, ...(mirror === undefined ? [] : [mirror])],
      ],
      { env: { HOPLAB_KEY: key }, ...output },
    );
    writeFileSync(made, '');
  }
}

export async function makeDisk(root: string, disk: string): Promise<void> {
  const part = `${disk}.part`;
  writeFileSync(part, '');
  truncateSync(part, 12 * 1024 ** 3);
  await execa('mke2fs', ['-q', '-F', '-t', 'ext4', '-d', root, part]);
  renameSync(part, disk);
}

/** A system and its disk (mke2fs -d). */
export async function makeImage(
  folder: string,
  { suite, kernel, packages }: System,
  { mirror, bare }: { mirror?: string | undefined; bare: boolean },
): Promise<void> {
  const image = imageIn(folder);
  const root = join(folder, 'root');
  await makeSystem(folder, suite, [kernel, ...packages], mirror);
  if (!bare) await prepare(folder, PREPARE, root);
  const boot = readdirSync(join(root, 'boot'));
  for (const [prefix, to] of [
    ['vmlinuz-', image.kernel],
    ['initrd.img-', image.initrd],
  ] as const) {
    const name = boot.find((file) => file.startsWith(prefix));
    if (name === undefined) throw new Error(`${root}/boot has no ${prefix}*: ${kernel} was not installed`);
    await execa('cp', [join(root, 'boot', name), to]);
  }
  await makeDisk(root, image.disk);
  rmSync(root, { recursive: true });
  rmSync(join(folder, 'root-made'));
}
