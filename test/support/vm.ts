import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Everything of the VM's own that no lab may touch, as text to compare: links, addresses, routes, policy
 * rules, firewall, net.* settings, named namespaces, mounts. Left out is what changes by itself (counters,
 * neighbours, conntrack's own numbers) and, among processes, what others on the VM start.
 */
export function vmInventory(): Record<string, string> {
  const said = (file: string, ...args: string[]) => execFileSync(file, args, { encoding: 'utf8' });
  return {
    links: said('ip', '-d', 'link'),
    addresses: said('ip', 'addr').replace(/valid_lft .*\n/g, ''),
    routes:
      said('ip', 'route', 'show', 'table', 'all') +
      said('ip', '-6', 'route', 'show', 'table', 'all').replace(/ expires \d+sec/g, ''),
    rules: said('ip', 'rule') + said('ip', '-6', 'rule'),
    firewall: said('nft', '-s', 'list', 'ruleset'),
    namespaces: said('ip', 'netns', 'list'),
    sysctls: said('sysctl', '-a', '--ignore', '-r', '^net\\.')
      .split('\n')
      .filter((line) => !/nf_conntrack_count|inet_peer|random|dev_snmp/.test(line))
      .join('\n'),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
  };
}

/** Processes of the machines a daemon with this run directory made, seen from the VM. */
export function machineProcesses(root: string): string[] {
  const ranges = rangesOf(root);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const base = readFileSync(`/proc/${pid}/uid_map`, 'utf8').trim().split(/\s+/)[1] ?? '';
        if (!ranges.has(base)) return [];
        return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
      } catch {
        // Ended while we looked.
        return [];
      }
    });
}

/** uid ranges given out in the name of this run directory. */
export function rangesOf(root: string): Set<string> {
  const registry = '/run/hoplab-uids';
  const ownerOf = (base: string) => {
    try {
      return readFileSync(`${registry}/${base}`, 'utf8');
    } catch {
      // Another daemon's, given back while we looked.
      return null;
    }
  };
  // Not there before the first machine since the VM was booted.
  const bases = existsSync(registry) ? readdirSync(registry) : [];
  return new Set(bases.filter((base) => ownerOf(base) === root));
}
