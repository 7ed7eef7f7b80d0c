import { z } from 'zod';
import { jsonIn } from '../exec/untrusted.ts';
import { insideDirectory } from './inside.ts';
import { readPlain } from './plain-file.ts';
import type { Unnamed } from './unnamed.ts';

/** A network namespace without a name of its own, under the name people know it by. */
export interface Container {
  name: string;
  /** Path of the network namespace inside the machine. */
  network: string;
  /** Its files, inside the machine; null where no process has any. */
  root: string | null;
  isPod: boolean;
}

/** The name of a container in `docker ps` or `kubectl get pods`, from the files of each engine. */
const docker = z.object({
  Name: z.string(),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional(),
});
const pod = z.object({ annotations: z.record(z.string(), z.string()).optional() });

/** Bytes of one such file. */
const longest = 1 << 18;

/**
 * The containers of a machine, and any other network namespace that a process or a mount holds: by the name `docker
 * ps` gives, the pod's, else by the process.
 */
export async function containersOf(
  pid: number,
  unnamed: readonly Unnamed[],
  taken: ReadonlySet<string>,
): Promise<Container[]> {
  const used = new Set(taken);
  const found: Container[] = [];
  for (const one of unnamed) {
    const known = one.isPod ? null : await nameOf(pid, one);
    const wanted = known?.name ?? one.name;
    const name = used.has(wanted) ? `${wanted}-${one.pid ?? used.size}` : wanted;
    used.add(name);
    const root = one.pid === null ? null : `/proc/${one.pid}/root`;
    found.push({ name, network: one.network, root, isPod: one.isPod || (known?.isPod ?? false) });
  }
  return found;
}

async function nameOf(pid: number, { container }: Unnamed): Promise<{ name: string; isPod: boolean } | null> {
  if (container === null) return null;
  const text = (directory: string, file: string) =>
    insideDirectory(pid, directory, async (at) => readPlain(`${at}/${file}`, longest)).catch(() => null);
  const id = container.replace(/.*\//, '');
  const own = await text(`/var/lib/docker/containers/${id}`, 'config.v2.json');
  const known = own === null ? null : jsonIn(own, docker);
  if (known !== null) {
    const name = known.Config?.Labels?.['io.kubernetes.pod.name'];
    return name === undefined ? { name: known.Name.replace(/^\//, ''), isPod: false } : { name, isPod: true };
  }
  const bundle = await text(container, 'config.json');
  const annotations = bundle === null ? null : jsonIn(bundle, pod)?.annotations;
  const name = annotations?.['io.kubernetes.cri.sandbox-name'];
  return name === undefined ? { name: id.slice(0, 12), isPod: false } : { name, isPod: true };
}
