import type { Container, Pod } from '../objects/pod.ts';

/** A container's default capabilities, as containerd and Docker have them. */
const usual = [
  ...['audit_write', 'chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'mknod'],
  ...['net_bind_service', 'net_raw', 'setfcap', 'setgid', 'setpcap', 'setuid', 'sys_chroot'],
];

/** argv that becomes argv as the user and with the capabilities of the container; its own settings win over the pod's. */
export function asUser(pod: Pod, { securityContext = {} }: Container, argv: readonly string[]): string[] {
  const user = securityContext.runAsUser ?? pod.spec.securityContext?.runAsUser;
  const group = securityContext.runAsGroup ?? pod.spec.securityContext?.runAsGroup;
  const who =
    user === undefined && group === undefined
      ? []
      : [`--reuid=${user ?? 0}`, `--regid=${group ?? 0}`, '--clear-groups'];
  const list = capabilities(securityContext);
  const may =
    list === null
      ? []
      : [`--bounding-set=-all${list.map((each) => `,+${each}`).join('')}`, '--inh-caps=-all'];
  return who.length + may.length === 0 ? [...argv] : ['/usr/bin/setpriv', ...who, ...may, '--', ...argv];
}

/** Why containerd makes no sandbox with the pod's own user and group; null where it makes one. */
export function refusedSandbox({ spec: { securityContext = {} } }: Pod): string | null {
  const { runAsUser, runAsGroup } = securityContext;
  if (runAsGroup === undefined || runAsUser !== undefined) return null;
  return `failed to generate sandbox container spec options: failed to generate user string: user group "${runAsGroup}" is specified without user`;
}

/** Null: all of them. */
function capabilities({
  privileged,
  capabilities: changed = {},
}: NonNullable<Container['securityContext']>): string[] | null {
  if (privileged) return null;
  const named = (names: readonly string[] = []) =>
    names.map((each) => each.toLowerCase().replace(/^cap_/, ''));
  const [add, drop] = [named(changed.add), named(changed.drop)];
  if (add.includes('all')) return null;
  const kept = drop.includes('all') ? [] : usual.filter((each) => !drop.includes(each));
  return [...new Set([...kept, ...add])];
}
