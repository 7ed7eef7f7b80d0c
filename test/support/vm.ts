import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Everything of the VM's own that no lab may touch, as text to compare: links, addresses, routes, policy
 * rules, firewall, net.* settings, named namespaces, mounts. Left out is what changes by itself (counters,
 * neighbours, conntrack's own numbers) and, among processes, what others on the VM start.
 */
export function vmInventory(): Record<string, string> {
  const outputOf = (file: string, ...args: string[]) => execFileSync(file, args, { encoding: 'utf8' });
  return {
    links: outputOf('ip', '-d', 'link'),
    addresses: outputOf('ip', 'addr').replace(/valid_lft .*\n/g, ''),
    // Of both families already in newer versions of ip.
    routes: (
      outputOf('ip', 'route', 'show', 'table', 'all') + outputOf('ip', '-6', 'route', 'show', 'table', 'all')
    ).replace(/ expires \d+sec/g, ''),
    rules: outputOf('ip', 'rule') + outputOf('ip', '-6', 'rule'),
    firewall: outputOf('nft', '-s', 'list', 'ruleset'),
    namespaces: outputOf('ip', 'netns', 'list'),
    sysctls: outputOf('sysctl', '-a', '--ignore', '-r', '^net\\.')
      .split('\n')
      // wmem_default is raised while a daemon runs, and given back as the last one stops (large-restore.test.ts).
      .filter((line) => !/nf_conntrack_count|inet_peer|random|dev_snmp|core\.wmem_default/.test(line))
      .join('\n'),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
  };
}

/** Processes of the machines a daemon with this run directory made, seen from the VM. */
export function machineProcesses(root: string): string[] {
  const ranges = rangesOf(root);
  return processesOfMachines()
    .filter(({ base }) => ranges.has(String(base)))
    .map(({ pid, command }) => `${pid} ${command}`);
}

/** The run directory of the daemon that each uid range was given to. */
function owners(): Map<string, string> {
  const registry = '/run/hoplab-uids';
  // Not there before the first machine since the VM was booted.
  const bases = existsSync(registry) ? readdirSync(registry) : [];
  return new Map(
    bases.flatMap((base) => {
      try {
        return [[base, readFileSync(`${registry}/${base}`, 'utf8')]];
      } catch {
        // Given back while we looked.
        return [];
      }
    }),
  );
}

/** uid ranges given out in the name of this run directory. */
export function rangesOf(root: string): Set<string> {
  return new Set([...owners()].flatMap(([base, owner]) => (owner === root ? [base] : [])));
}

/**
 * Processes with users of these ranges that are in a namespace of the VM's own. Left out is who only waits: nsenter,
 * which has forked what it runs into the machine's PID namespace and has itself left all the others.
 */
export function outsiders(root: string): string[] {
  const ranges = rangesOf(root);
  return processesOfMachines().flatMap(({ pid, base, joined, command }) => {
    if (joined || !ranges.has(String(base))) return [];
    const shared = sharedNamespaces(pid);
    return shared.length === 0 ? [] : [`${pid} ${command.slice(0, 60)}: ${shared.join(' ')}`];
  });
}

/**
 * Processes with users of a range that no daemon has, or in a namespace of the VM's: there must never be one. A daemon
 * whose run directory is gone has ended.
 */
export function strays(): string[] {
  const given = new Map([...owners()].filter(([, owner]) => existsSync(owner)));
  return processesOfMachines().flatMap(({ pid, base, joined, command }) => {
    if (!given.has(String(base))) return [`${pid} ${command.slice(0, 60)}: of no machine`];
    const shared = joined ? [] : sharedNamespaces(pid);
    return shared.length === 0 ? [] : [`${pid} ${command.slice(0, 60)}: in the VM's ${shared.join(' ')}`];
  });
}

interface MachineProcess {
  pid: string;
  /** First uid of its range. */
  base: number;
  /** Only its user namespace is a machine's; its users are still the VM's. */
  joined: boolean;
  command: string;
}

const first = 0x7000_0000;
const size = 0x1_0000;

function processesOfMachines(): MachineProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        if (/^State:\s+[ZX]/m.test(status)) return [];
        const users = /^Uid:\s+(.*)$/m.exec(status)?.[1] ?? '';
        const mapped = readFileSync(`/proc/${pid}/uid_map`, 'utf8').trim().split(/\s+/)[1] ?? '0';
        const isRange = (uid: number) => uid >= first && uid < first + 4000 * size;
        const own = users.split('\t').map(Number).find(isRange);
        const uid = own ?? Number(mapped);
        if (!isRange(uid)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid, base: uid - ((uid - first) % size), joined: own === undefined, command }];
      } catch {
        // Ended while we looked.
        return [];
      }
    });
}

function sharedNamespaces(pid: string): string[] {
  const spaceOf = (process: string, kind: string) => {
    try {
      return readlinkSync(`/proc/${process}/ns/${kind}`);
    } catch {
      return '';
    }
  };
  return ['user', 'net', 'mnt', 'pid', 'ipc', 'uts'].filter(
    (kind) => spaceOf(pid, kind) === spaceOf('self', kind),
  );
}
