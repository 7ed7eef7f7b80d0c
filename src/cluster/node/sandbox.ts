import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { act, type Identity, identityOf, isAlive, launch, signal } from './act.ts';
import { networkInTheMaking, networkOfPod, podDirectory, settingsProgram } from './places.ts';

/** The parts that a pod's containers share: a network, a hostname; one process that only waits holds them. */
export interface Sandbox extends Identity {
  id: string;
  address: string;
}

/** Becomes the process that holds the sandbox. Arguments: hostname, the pod's /etc, whether it has a network of its own. */
const hold = `set -e
hostname "$1"
if [ "$3" = own ]; then
  [ ! -s ${settingsProgram} ] || . ${settingsProgram}
  # As containerd 2 and Docker have it: a program without rights may listen on port 80.
  echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
fi
mount --bind "$2" /etc
exec sleep infinity >/dev/null 2>&1`;

const recordOf = (uid: string): string => `${podDirectory(uid)}/sandbox.json`;

/** The sandbox of a pod as an earlier run of this program left it; null where it has ended. */
export function adoptSandbox(uid: string): Sandbox | null {
  if (!existsSync(recordOf(uid))) return null;
  const kept: Sandbox = JSON.parse(readFileSync(recordOf(uid), 'utf8'));
  return isAlive(kept) ? kept : null;
}

/** Namespaces without links yet. The network of its own, unless it has the node's, is pinned where plugins find it. */
export async function makeSandbox(
  uid: string,
  hostname: string,
  id: string,
  hostNetwork: boolean,
): Promise<Sandbox> {
  const directory = podDirectory(uid);
  const network = networkInTheMaking(uid);
  mkdirSync(`${directory}/etc`, { recursive: true });
  if (!hostNetwork) {
    mkdirSync(dirname(network), { recursive: true });
    writeFileSync(network, '');
  }
  const own = hostNetwork ? [] : [`--net=${network}`];
  const argv = ['/usr/bin/unshare', ...own, '--uts', '--ipc', '--mount', 'sh', '-c', hold, 'pause', hostname];
  const holder = launch([...argv, `${directory}/etc`, hostNetwork ? 'node' : 'own'], 'pipe');
  let words = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  // It lets go of its output as it begins to wait.
  await new Promise((resolve) => holder.stderr?.on('close', resolve));
  const identity = holder.pid === undefined ? null : identityOf(holder.pid);
  if (identity === null) throw new Error(`failed to start the sandbox: ${words.trim()}`);
  const sandbox = { ...identity, id, address: '' };
  keepSandbox(uid, sandbox);
  return sandbox;
}

/** Moves the network to the name by which labs know it, in one step. */
export async function nameSandbox(uid: string, name: string): Promise<void> {
  const network = networkOfPod(uid, name);
  mkdirSync(dirname(network), { recursive: true });
  writeFileSync(network, '');
  const moved = await act(['mount', '--move', networkInTheMaking(uid), network]);
  if (moved.code !== 0) throw new Error(`failed to name the network of the sandbox: ${moved.stderr.trim()}`);
  rmSync(networkInTheMaking(uid));
}

export function keepSandbox(uid: string, sandbox: Sandbox): void {
  writeFileSync(recordOf(uid), JSON.stringify(sandbox));
}

export async function removeSandbox(uid: string, name: string, sandbox: Sandbox | null): Promise<void> {
  const networks = [networkInTheMaking(uid), networkOfPod(uid, name)].filter((at) => existsSync(at));
  if (networks.length > 0) await act(['umount', '-l', ...networks]);
  if (sandbox !== null && isAlive(sandbox)) signal(sandbox.pid, 'SIGKILL');
  rmSync(networkInTheMaking(uid), { force: true });
  rmSync(dirname(networkOfPod(uid, name)), { recursive: true, force: true });
  rmSync(podDirectory(uid), { recursive: true, force: true });
}
