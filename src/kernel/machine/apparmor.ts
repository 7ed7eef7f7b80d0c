import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Where the kernel keeps AppArmor's policy namespaces (apparmorfs in security/apparmor). */
const namespaces = '/sys/kernel/security/apparmor/policy/namespaces';

/** One for all machines, without a profile in it. */
const own = 'hoplab';

/**
 * Takes the daemon, and with it whatever it starts, out of reach of the VM's AppArmor profiles. They go by a program's
 * path, so the ones for unbound, named or tcpdump would hold in machines too, where these have other files to read
 * and write. In a policy namespace of its own there are no profiles; the VM's own, and who runs under them, stay as
 * they are. Called once, before anything is started: a label is a thread's, and children get that of the thread that
 * forks, which is the main one.
 * @returns why it could not be done; null where it is, or where there is no AppArmor.
 */
export function leaveProfiles(): string | null {
  if (!enabled()) return null;
  try {
    mkdirSync(`${namespaces}/${own}`, { recursive: true });
    writeFileSync('/proc/thread-self/attr/apparmor/current', `changeprofile :${own}:unconfined`);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether processes the daemon starts are free of profiles: as soon as there is the namespace to be in. */
export const profilesLeft = (): boolean => existsSync(`${namespaces}/${own}`);

function enabled(): boolean {
  try {
    return readFileSync('/sys/module/apparmor/parameters/enabled', 'utf8').startsWith('Y');
  } catch {
    return false;
  }
}
