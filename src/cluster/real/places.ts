import { filesOfNode, runDirectory } from '../node/places.ts';

/** The programs of Kubernetes and etcd, as the machine was lent them. */
export const programsDirectory = '/.hoplab/kubernetes-programs';
export const realDirectory = `${runDirectory}/real`;
export const logDirectory = '/var/log/kubernetes';
/** On a ramfs: etcd allocates 128 MB at once, of which a tmpfs would count each. */
export const etcdDirectory = '/var/lib/etcd';

export const directoryOf = (node: string): string => `${realDirectory}/${node}`;
export const socketOf = (node: string): string => `${directoryOf(node)}/containerd.sock`;
/** containerd's state: a directory for each container, with its first process (init.pid). */
export const tasksOf = (node: string): string =>
  `${directoryOf(node)}/containerd/io.containerd.runtime.v2.task/k8s.io`;
export const configOf = (node: string): string => `${filesOfNode(node)}/kubernetes`;
