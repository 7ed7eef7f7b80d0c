import { readlink } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { start } from '../exec/start.ts';
import { intoMachine, intoNode, type NodePlace } from '../machine/enter.ts';
import { childrenOf } from '../machine/process.ts';

/** A node's network namespace, as a file of the VM's own /proc while it is held. */
export interface Held {
  file: string;
  /** Its inode. */
  namespace: number;
  release(): Promise<void>;
}

/**
 * Holds a node's namespace by a process in it. The machine's own /run/netns is not read from outside: a learner
 * could have put a symbolic link there, which outside would lead into the VM.
 */
export async function holdNode(pid: number, place: NodePlace): Promise<Held> {
  const holder = start(intoMachine(pid, intoNode(place, ['sh', '-c', 'echo held; exec cat'])));
  let said = '';
  const held = new Promise<void>((resolve) => {
    holder.stdout.on('data', (data) => {
      said += data;
      if (said.includes('held\n')) resolve();
    });
  });
  holder.stderr.on('data', (data) => {
    said += data;
  });
  const release = async () => {
    holder.stdin.end();
    await holder.ended;
  };
  await Promise.race([held, holder.ended]);
  // nsenter waits for the process it started in the machine's PID namespace.
  const [inside] = await childrenOf(holder.pid);
  const file = `/proc/${inside}/ns/net`;
  const [its, own] = await Promise.all(
    [file, '/proc/self/ns/net'].map((each) => readlink(each).catch(() => null)),
  );
  const namespace = Number(/\[(\d+)\]/.exec(its ?? '')?.[1]);
  if (its === own || !(namespace > 0)) {
    await release();
    throw new HoplabError('machine-failed', `node ${place.name} could not be entered: ${said.trim()}`, {
      node: place.name,
    });
  }
  return { file, namespace, release };
}
