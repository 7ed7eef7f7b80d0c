import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { act, type Identity, identityOf, isAlive, launch, signal } from './act.ts';
import { networkOfPod, podDirectory, settingsProgram } from './places.ts';

/** The parts that a pod's containers share: a network, a hostname; one process that only waits holds them. */
export interface Sandbox extends Identity {
  id: string;
  address: string;
}

/** Becomes the process that holds the sandbox. Arguments: hostname, the pod's /etc. */
const hold = `set -e
hostname "$1"
[ ! -s ${settingsProgram} ] || . ${settingsProgram}
# As containerd 2 and Docker have it: a program without rights may listen on port 80.
echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
mount --bind "$2" /etc
exec sleep infinity >/dev/null 2>&1`;

const recordOf = (uid: string): string => `${podDirectory(uid)}/sandbox.json`;

/** The sandbox of a pod as an earlier run of this program left it; null where it has ended. */
export function adoptSandbox(uid: string): Sandbox | null {
  if (!existsSync(recordOf(uid))) return null;
  const kept: Sandbox = JSON.parse(readFileSync(recordOf(uid), 'utf8'));
  return isAlive(kept) ? kept : null;
}

/** Namespaces without links yet, under a name by which plugins and labs find them. */
export async function makeSandbox(uid: string, name: string, hostname: string, id: string): Promise<Sandbox> {
  const directory = podDirectory(uid);
  const network = networkOfPod(uid, name);
  mkdirSync(`${directory}/etc`, { recursive: true });
  mkdirSync(network.slice(0, network.lastIndexOf('/')), { recursive: true });
  writeFileSync(network, '', { flag: 'a' });
  const argv = [
    '/usr/bin/unshare',
    '--net',
    '--uts',
    '--ipc',
    '--mount',
    'sh',
    '-c',
    hold,
    'pause',
    hostname,
  ];
  const holder = launch([...argv, `${directory}/etc`], 'pipe');
  let words = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  // It lets go of its output as it begins to wait.
  await new Promise((resolve) => holder.stderr?.on('close', resolve));
  const identity = holder.pid === undefined ? null : identityOf(holder.pid);
  if (identity === null) throw new Error(`failed to start the sandbox: ${words.trim()}`);
  const bound = await act(['mount', '--bind', `/proc/${identity.pid}/ns/net`, network]);
  if (bound.code !== 0) {
    signal(identity.pid, 'SIGKILL');
    throw new Error(`failed to pin the network of the sandbox: ${bound.stderr.trim()}`);
  }
  return { ...identity, id, address: '' };
}

export function keepSandbox(uid: string, sandbox: Sandbox): void {
  writeFileSync(recordOf(uid), JSON.stringify(sandbox));
}

export async function removeSandbox(uid: string, name: string, sandbox: Sandbox | null): Promise<void> {
  const network = networkOfPod(uid, name);
  if (existsSync(network)) await act(['umount', '-l', network]);
  if (sandbox !== null && isAlive(sandbox)) signal(sandbox.pid, 'SIGKILL');
  rmSync(network.slice(0, network.lastIndexOf('/')), { recursive: true, force: true });
  rmSync(podDirectory(uid), { recursive: true, force: true });
}
