import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Topology } from '../../../src/core/lab/lab.ts';

/** So many hosts, so many on each bridge of the machine: 10.0.0.0/16, h0 has 10.0.0.1. */
export function star(hosts: number, onEach: number): Topology {
  const names = Array.from({ length: hosts }, (_, at) => `h${at}`);
  const node = { title: null, service: null, sysctls: {}, routes: [], run: [] };
  return {
    nodes: [
      { ...node, name: 'host', kind: 'machine' },
      ...names.map((name) => ({ ...node, name, kind: 'netns' as const })),
    ],
    bridges: Array.from({ length: Math.ceil(hosts / onEach) }, (_, at) => ({
      ...{ name: `br${at}`, node: 'host', addresses: [] },
    })),
    links: names.map((name, at) => ({
      ends: [
        { node: 'host', link: `v${at}`, addresses: [], master: `br${Math.floor(at / onEach)}` },
        { node: name, link: 'eth0', addresses: [`${addressOf(at)}/16`], master: null },
      ],
    })),
  };
}

export const addressOf = (host: number): string => `10.0.${(host + 1) >> 8}.${(host + 1) & 255}`;

const program = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** The numbers that a program prints which makes such hosts in namespaces of its own. Mininet is of Debian's python3. */
async function printed(argv: readonly string[]): Promise<number[]> {
  const alone = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const { stdout } = await promisify(execFile)('unshare', [...alone, '/usr/bin/python3', ...argv]);
  return stdout.trim().split(' ').map(Number);
}

/** Milliseconds of one process that makes them by netlink alone. */
export const madeByNetlink = async (hosts: number): Promise<number> =>
  (await printed([program('star.py'), String(hosts)]))[0] ?? Number.NaN;

/** Milliseconds until Mininet has made them, and of its pingAll. */
export async function madeByMininet(
  hosts: number,
  pinging: number,
): Promise<{ ready: number; pings: number }> {
  const argv = [program('mininet_star.py'), String(hosts), String(pinging)];
  const [ready = Number.NaN, pings = Number.NaN] = await printed(argv);
  return { ready, pings };
}
