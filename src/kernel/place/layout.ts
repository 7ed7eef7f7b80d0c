import { join } from 'node:path';

/** The directories of everything that lasts as long as the VM is up (by default /run/hoplab). */
export interface Layout {
  root: string;
  /** One JSON record per machine, written before its first process. */
  records: string;
  /** One JSON record per node that is exposed to the VM's own tools. */
  handles: string;
  /** The files that every machine gets a private copy of. */
  skeleton: string;
  /** Empty; each machine's tmpfs is mounted here, in its own mount namespace. */
  mountpoint: string;
}

export function layoutOf(root: string): Layout {
  return {
    root,
    records: join(root, 'machines'),
    handles: join(root, 'handles'),
    skeleton: join(root, 'skeleton'),
    mountpoint: join(root, 'mountpoint'),
  };
}

/** Inside every machine: the lab's other hosts, `<name>/{net,uts}` (pinned namespaces) and `<name>/etc`. */
export const nodesDirectory = '/.hoplab/nodes';

/** Inside every machine: `enter NAME argv...` runs argv on another host of the lab (enter.sh). */
export const enterProgram = '/.hoplab/enter';

/** Inside every machine: `enter-container NETWORK FILES argv...` runs argv in a container's network (enter-container.sh). */
export const enterContainerProgram = '/.hoplab/enter-container';

/** Inside every machine: the mounts of enter.sh, all in one program (mount(8), -T). */
export const enterMounts = '/.hoplab/enter.fstab';

/**
 * Inside every machine: applies the initial settings (settings.ts) to the network namespace it runs in; may
 * be empty.
 */
export const settingsProgram = '/.hoplab/settings';
