import { logDirectory, socketOf } from './places.ts';
import type { Program } from './programs.ts';

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** As systemd does it: a program that has ended is started again after a second. Its output goes to a log. */
const keep = `keep() {
  log=$1
  shift
  while :; do
    "$@" >>"$log" 2>&1 </dev/null || :
    sleep 1
  done
}
`;

const line = (node: string, { name, argv }: Program): string =>
  `keep ${logDirectory}/${node}-${name}.log ${argv.map(quote).join(' ')} &\n`;

/** A script that keeps programs of the control plane running. */
export const keepAll = (node: string, programs: readonly Program[]): string =>
  `${keep}${programs.map((each) => line(node, each)).join('')}wait\n`;

/** Sysctls that kubelet insists on writing, and the values it wants; the machine's root may not write them. */
const wanted = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1_000_000,
  'kernel/keys/root_maxbytes': 25_000_000,
};

/**
 * A script that keeps the programs of a node running, all in one mount namespace: kubelet makes the volumes that
 * containerd mounts.
 */
export function keepNode(node: string, directory: string, programs: readonly Program[]): string {
  const faked = Object.entries(wanted).map(
    ([name, value], at) =>
      `echo ${value} >${directory}/sysctl-${at} && mount --bind ${directory}/sysctl-${at} /proc/sys/${name} || exit 1\n`,
  );
  const [runtime, ...others] = programs.map((each) => line(node, each));
  // A kubelet removes the logs of pods that it does not know, and hosts share /var.
  const logs = `mkdir -p ${directory}/logs /var/log/pods && mount --bind ${directory}/logs /var/log/pods || exit 1\n`;
  return [
    ...faked,
    logs,
    keep,
    `rm -f ${socketOf(node)}\n`,
    runtime,
    // The runtime takes its images meanwhile.
    `until [ -S ${socketOf(node)} ] && [ -e ${directory}/registered ]; do sleep 0.05; done\n`,
    ...others,
    'wait\n',
  ].join('');
}
