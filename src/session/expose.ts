import type { Machine } from '../core/ports.ts';
import type { ExposedNode } from '../core/session/control.ts';
import { handleName } from './handle-name.ts';

/** Gives a machine's nodes, or one of them, names among the VM's own network namespaces. */
export async function exposeNodes(
  machine: Machine,
  session: string,
  node: string | null,
): Promise<ExposedNode[]> {
  const all: ExposedNode[] = [];
  for (const each of node === null ? await machine.nodes() : [node]) {
    const name = handleName(session, each);
    all.push({ node: each, name, file: await machine.expose(each, name) });
  }
  return all;
}
