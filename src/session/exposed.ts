import type { Machine } from '../core/ports.ts';
import type { Exposed } from '../core/session/control.ts';
import { handleName } from './handle-name.ts';

/** Gives a machine's nodes, or one of them, names among the VM's own network namespaces. */
export async function exposed(machine: Machine, session: string, node: string | null): Promise<Exposed[]> {
  const all: Exposed[] = [];
  for (const each of node === null ? await machine.nodes() : [node]) {
    const name = handleName(session, each);
    all.push({ node: each, name, file: await machine.expose(each, name) });
  }
  return all;
}
