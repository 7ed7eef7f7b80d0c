import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../../core/errors.ts';
import { lend } from './lend.ts';

/** Made by scripts/kubernetes-programs; a folder of official binaries does as well. */
const store = '/var/lib/hoplab/kubernetes';

/** The directory in a machine; the cluster's program uses the same. */
const place = '/.hoplab/kubernetes-programs';

const built = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
];
/** Debian's, as scripts/docker installs them. */
const installed = ['/usr/bin/containerd', '/usr/bin/ctr', '/usr/sbin/runc'];

/** Gives a fresh machine the programs of Kubernetes. */
export async function lendRealPrograms(pid: number): Promise<void> {
  await mustHavePrograms();
  await lend(pid, store, place);
}

/** @throws `feature-missing` naming everything that the VM lacks, and the script that brings it */
export async function mustHavePrograms(
  directory = store,
  others: readonly string[] = installed,
): Promise<void> {
  const lacked = await lackedOf(built.map((name) => join(directory, name)));
  const absent = await lackedOf(others);
  const kernel = /\toverlay$/m.test(await readFile('/proc/filesystems', 'utf8')) ? [] : ['overlayfs'];
  const missing = [...lacked, ...absent, ...kernel];
  if (missing.length === 0) return;
  const cures = [
    ...(lacked.length > 0 ? ['sudo scripts/kubernetes-programs builds the programs of Kubernetes'] : []),
    ...(absent.length > 0 ? ['sudo scripts/docker installs containerd and runc'] : []),
    ...(kernel.length > 0 ? ['the kernel has no overlayfs'] : []),
  ];
  const words = `the engine real needs ${missing.join(', ')}: ${cures.join('; ')}`;
  throw new HoplabError('feature-missing', words, { tool: 'kubernetes', missing });
}

async function lackedOf(programs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    programs.map((path) =>
      access(path, constants.X_OK).then(
        () => [],
        () => [path],
      ),
    ),
  );
  return found.flat();
}
