/** Paths in a machine. */
export const nodesDirectory = '/.hoplab/nodes';
/** Runs a command on a node, with its own /etc (src/kernel/place/enter.sh). */
export const enterProgram = '/.hoplab/enter';
export const settingsProgram = '/.hoplab/settings';
/**
 * The directory that lasts until the machine ends: sandboxes, roots of containers, and the pinned networks of
 * pods.
 */
export const runDirectory = '/run/kubernetes';
/** The directory that lasts over a reboot. */
export const stateDirectory = '/var/lib/kubernetes';
/** Node and the programs of this folder, as the machine was lent them. */
export const lentDirectory = '/.hoplab/cluster';
export const lentNode = `${lentDirectory}/node/bin/node`;
export const weaveProgram = `${lentDirectory}/program/weave.js`;
export const pluginDirectory = '/opt/cni/bin';

export const podDirectory = (uid: string): string => `${runDirectory}/pods/${uid}`;
/** Where the network of a pod is pinned until its plugins are done: a lab does not see it there. */
export const networkInTheMaking = (uid: string): string => `${runDirectory}/joining/${uid}`;
/** The last part is how the lab calls the node of a pod. */
export const networkOfPod = (uid: string, name: string): string => `${runDirectory}/networks/${uid}/${name}`;
export const networkOfNode = (node: string): string => `${nodesDirectory}/${node}/net`;
export const filesOfNode = (node: string): string => `${nodesDirectory}/${node}/etc`;
export const logOf = (
  namespace: string,
  name: string,
  uid: string,
  container: string,
  attempt: number,
): string => `/var/log/pods/${namespace}_${name}_${uid}/${container}/${attempt}.log`;

/** argv that runs argv on a node of the cluster with its own /etc: its names, its trusted authorities. */
export const inNode = (node: string, argv: readonly string[]): string[] => [
  '/bin/sh',
  enterProgram,
  node,
  ...argv,
];

/** argv that runs argv on a node of the cluster. */
export function onNode(node: string, argv: readonly string[]): string[] {
  return [
    '/usr/bin/nsenter',
    `--net=${networkOfNode(node)}`,
    `--uts=${nodesDirectory}/${node}/uts`,
    '--',
    ...argv,
  ];
}
