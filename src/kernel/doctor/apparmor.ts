import { readFile } from 'node:fs/promises';
import type { Finding } from '../../core/ports.ts';
import { profilesLeft } from '../place/apparmor.ts';

/** Programs that run in machines and that distributions have profiles for, besides those required. */
const served = ['arping', 'chronyd', 'dhclient', 'fping', 'named', 'socat', 'traceroute'];

/** Which of the programs in `programs` have a profile that is enforced; null where AppArmor is not in use. */
export async function appArmorFinding(programs: readonly string[]): Promise<Finding | null> {
  const row = { area: 'kernel', name: 'apparmor', required: false, cure: null };
  const text = await readFile('/sys/kernel/security/apparmor/profiles', 'utf8').catch(
    (error: NodeJS.ErrnoException) => error.code ?? '',
  );
  if (text === 'EACCES' || text === 'EPERM')
    return { ...row, status: 'unseen', detail: 'not looked at', cure: 'sudo hoplab doctor' };
  if (/^[A-Z]*$/.test(text)) return null;
  const names = enforced(text, [...programs, ...served]);
  const detail =
    names.length === 0
      ? 'no profile is enforced for a program of the labs'
      : `profiles are enforced for ${names.join(', ')}; ${
          profilesLeft()
            ? 'machines are free of them'
            : 'the daemon takes machines out of their reach as it starts'
        }`;
  return { ...row, status: names.length === 0 ? 'ok' : 'info', detail };
}

/** The programs that the kernel's list of profiles, `NAME (MODE)` a line, has an enforced one for. */
export function enforced(profiles: string, programs: readonly string[]): string[] {
  const names = [...profiles.matchAll(/^(\S+) \(enforce\)$/gm)].map(([, name = '']) => name);
  // A profile is named as its packager likes: `unbound`, `/usr/sbin/unbound`. `//` begins one of a part of it.
  const called = names.filter((name) => !name.slice(1).includes('//')).map((name) => name.split('/').at(-1));
  return [...new Set(programs)].filter((program) => called.includes(program)).sort();
}
