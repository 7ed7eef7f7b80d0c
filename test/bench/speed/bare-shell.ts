import { execFileSync } from 'node:child_process';
import type { Lab } from '../../../src/core/lab/lab.ts';
import { quote } from '../../../src/core/text/shell.ts';

/** A lab's start topology as a person types it: links one process each. */
export function typedTopology({ topology }: Lab): string[] {
  return [
    ...topology.nodes.filter(({ kind }) => kind !== 'machine').map(({ name }) => `ip netns add ${name}`),
    ...topology.links.flatMap(({ ends }) => [
      `ip link add name ${ends[0].link} ${netnsOf(ends[0].node)} type veth peer name ${ends[1].link} ${netnsOf(ends[1].node)}`,
      ...ends.flatMap((end) => [
        ...end.addresses.map((address) => `ip ${dashN(end.node)} address add ${address} dev ${end.link}`),
        `ip ${dashN(end.node)} link set dev ${end.link} up`,
      ]),
    ]),
  ];
}

const netnsOf = (node: string) => (node === 'host' ? '' : `netns ${node}`);
const dashN = (node: string) => (node === 'host' ? '' : `-n ${node}`);

/** The lines of all solutions that a shell on the host can type. */
export const typedLines = ({ steps }: Lab): string[] =>
  steps
    .flatMap(({ solution }) => solution)
    .filter(({ on, run }) => on === 'host' && !run.endsWith('&'))
    .map(({ run }) => run);

/** Lines typed by a bare shell in namespaces made by one `unshare`, one process for each line. */
export function typeBare(lines: readonly string[]): void {
  const script = `mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns; mount -t tmpfs none /run/netns; }
ip link set dev lo up
${lines.map((line) => `bash -c ${quote(line)} >/dev/null 2>&1 </dev/null || true`).join('\n')}`;
  execFileSync('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child', 'bash', '-c', script], {
    stdio: 'ignore',
  });
}
