import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** AppArmor's own files of the policy namespace that the reader is in (apparmorfs in security/apparmor). */
const files = '/sys/kernel/security/apparmor';

/** One policy namespace for all machines, without a profile in it. */
const own = 'hoplab';

/**
 * Takes the daemon, and with it every program it starts, out of reach of the VM's AppArmor profiles. They go
 * by a program's path, so the ones for unbound, named or tcpdump would hold in machines too, where these have
 * other files to read and write. In a policy namespace of its own there are no profiles; the VM's own, and
 * programs under them, stay as they are. Called once, before any program is started: a label is a thread's,
 * and children get that of the thread that forks, which is the main one. The namespace is never removed:
 * processes in it would be back in the VM's.
 * @returns why it could not be done; null if it is, or if there is no AppArmor.
 */
export function leaveProfiles(): string | null {
  if (!enabled() || inside()) return null;
  try {
    // The name without `apparmor/` is another module's where AppArmor is not the only one.
    mkdirSync(`${files}/policy/namespaces/${own}`, { recursive: true });
    writeFileSync('/proc/thread-self/attr/apparmor/current', `changeprofile :${own}:unconfined`);
  } catch (error) {
    return (error as Error).message;
  }
  return inside() ? null : 'the policy namespace could not be entered';
}

/** Whether this process, or the daemon before it, is out of their reach. */
export const profilesLeft = (): boolean => inside() || existsSync(`${files}/policy/namespaces/${own}`);

const inside = (): boolean => textOf(`${files}/.ns_name`) === own;

const enabled = (): boolean => textOf('/sys/module/apparmor/parameters/enabled') === 'Y';

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
