import { readlink } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { keep } from '../exec/bounded-output.ts';
import { interruptible } from '../exec/interrupt.ts';
import { start } from '../exec/start.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { childrenOf } from '../place/process.ts';

/** A node's network namespace, as a file of the VM's own /proc while it is held. */
interface Held {
  file: string;
  /** Its inode. */
  namespace: number;
  release(): Promise<void>;
}

/** Milliseconds that entering a node may take. */
const longest = 5000;

/**
 * Holds a node's namespace by a process in it. The machine's own /run/netns is not read from outside: a learner
 * could have put a symbolic link there, which outside would lead into the VM.
 */
export function holdNode(pid: number, place: NodePlace): Promise<Held> {
  return interruptible(pid, () => held(pid, place));
}

async function held(pid: number, place: NodePlace): Promise<Held> {
  const holder = start(intoMachine(pid, intoNode(place, ['sh', '-c', 'echo held; exec cat'])));
  const { promise: entered, resolve } = Promise.withResolvers<void>();
  const output = keep(holder.stdout, 4096, ({ text }) => text.includes('held\n') && resolve());
  const errors = keep(holder.stderr, 4096);
  const release = async () => {
    holder.stdin.end();
    const timer = setTimeout(() => holder.end(), longest);
    await holder.ended;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => holder.end(), longest);
  await Promise.race([entered, holder.ended]);
  clearTimeout(timer);
  // nsenter waits for the process it started in the machine's PID namespace.
  const [inside] = await childrenOf(holder.pid);
  const file = `/proc/${inside}/ns/net`;
  const [its, own] = await Promise.all(
    [file, '/proc/self/ns/net'].map((each) => readlink(each).catch(() => null)),
  );
  const namespace = Number(/\[(\d+)\]/.exec(its ?? '')?.[1]);
  if (its === own || !(namespace > 0)) {
    await release();
    const words = `${output.text}${errors.text}`.trim();
    throw new HoplabError('machine-failed', `node ${place.name} could not be entered: ${words}`, {
      node: place.name,
    });
  }
  return { file, namespace, release };
}
