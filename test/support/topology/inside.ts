import { readFile } from 'node:fs/promises';
import { start } from '../../../src/kernel/exec/start.ts';
import { intoMachine } from '../../../src/kernel/place/enter.ts';
import type { Topology } from './generate.ts';

const program = await readFile(new URL('./nodes.py', import.meta.url), 'utf8');

/** The programs in the nodes of a topology while its cases are traced: servers, and a sender of markers. */
export interface Inside {
  /** Sends a frame with this number through the loopback of every node. */
  mark(number: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startInside(
  pid: number,
  { nodes, serving, family }: Pick<Topology, 'nodes' | 'serving' | 'family'>,
): Promise<Inside> {
  const one = start(intoMachine(pid, ['python3', '-I', '-S', '-c', program]));
  let errors = '';
  one.stderr.on('data', (data) => {
    errors += data;
  });
  const failed = one.ended.then(() => {
    throw new Error(`the servers ended: ${errors}`);
  });
  // Its end is expected once it has been stopped.
  failed.catch(() => {});
  const nextLine = () =>
    Promise.race([new Promise<void>((resolve) => one.stdout.once('data', () => resolve())), failed]);
  const write = async (line: string) => {
    const answer = nextLine();
    one.stdin.write(`${line}\n`);
    await answer;
  };
  const places = nodes.map((node) => [`/run/netns/${node}`, serving.includes(node)]);
  await write(JSON.stringify({ nodes: places, family }));
  return {
    mark: (number) => write(String(number)),
    async stop() {
      one.stdin.end();
      await one.ended;
    },
  };
}
