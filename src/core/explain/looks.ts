import type { Reason } from '../verdict/reasons.ts';

/**
 * Commands that only show something and change nothing that decides. The hint marks them, so that a reader
 * does not take them for a cure.
 */
const showing = [
  /\b(route get|neigh show|link show|netns list|tcpdump|nstat|getent|dig|curl|ntpdig|swaks|getpcaps|getfacl|nslookup)\b/,
  /\bip6?tables(-legacy)?\S* .*-(S|nvL|L)\b|-save\b/,
  /\b(docker (ps|logs|inspect)|kubectl( -n \S+)? (get|describe|logs)|chronyc -n|openssl (s_client|verify|x509 -in))\b/,
  /\bhoplab (doctor|lint|trace)\b|\bss -|\bconntrack -L\b|\bnft (-a )?list\b|\bcat \S|\bls -l/,
  /(^|\s)bridge (fdb|vlan show|link show|-d link)( show)?( |$)(?!append|replace|del|add)|\bip( -n \S+)?( -6)?( -br)? (rule|route|addr|link|neigh|xfrm (policy|state))$/,
  /(^|\s)(sysctl net\.\S+|ip( -n \S+)? -br \S+)$/,
];

/** For these the printed command only asks again, for a person to read the reply. */
const asking: readonly (Reason | null)[] = [
  'control-failed',
  'tool-failed',
  'no-answer',
  'wrong-exit',
  'wrong-output',
  'kernel-drop',
];

export const looks = (run: string, reason: Reason | null): boolean =>
  asking.includes(reason) || showing.some((one) => one.test(run));
