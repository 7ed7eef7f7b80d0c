import { execFileSync } from 'node:child_process';

const PROGRAMS = [
  'ip',
  'nsenter',
  'ipset',
  'perl',
  'iptables-nft-save',
  'iptables-legacy-save',
  'ip6tables-nft-restore',
];

/** Fails, never skips: a kernel test without the kernel proves nothing. */
export function requireKernel(): void {
  if (process.getuid?.() !== 0) throw new Error('the kernel tests need root (namespaces and netfilter)');
  for (const program of PROGRAMS) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    } catch {
      throw new Error(`the kernel tests need ${program} on PATH`);
    }
  }
}
