import type { Machine } from '../../../src/core/ports.ts';

/** So many hosts on bridges of 250 ports, in one machine: 10.0.0.0/16, h0 has 10.0.0.1. */
export async function makeStar(machine: Machine, hosts: number): Promise<void> {
  const lines = ['set -e', 'ip link set dev lo up'];
  for (let at = 0; at < hosts; at++) {
    const bridge = `br${Math.floor(at / 250)}`;
    if (at % 250 === 0) lines.push(`ip link add name ${bridge} type bridge; ip link set dev ${bridge} up`);
    lines.push(
      `ip netns add h${at}`,
      `ip link add name v${at} index ${1000 + 2 * at} type veth peer name eth0 index ${1001 + 2 * at} netns h${at}`,
      `ip link set dev v${at} master ${bridge} up; ip -n h${at} link set dev lo up`,
      `ip -n h${at} address add 10.0.${(at + 1) >> 8}.${(at + 1) & 255}/16 dev eth0; ip -n h${at} link set dev eth0 up`,
    );
  }
  const ran = await machine.run('host', ['bash', '-s'], { input: lines.join('\n'), timeout: 120_000 });
  if (ran.exitCode !== 0) throw new Error(ran.stderr);
}
