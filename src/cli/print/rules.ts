/** The lines of iptables-save that a user wrote: rules with their table, and policies that are not ACCEPT. */
export function ruleLines(saved: string, program = 'iptables'): string[] {
  const lines: string[] = [];
  let table = '';
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    // `-A`, with its counters before it where iptables-save was asked for them.
    const rule = /^(?:\[\d+:\d+\] )?(-A .*)$/.exec(line)?.[1];
    if (rule) lines.push(`${program} -t ${table} ${rule}`);
    const [, chain, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (policy && policy !== 'ACCEPT' && policy !== '-')
      lines.push(`${program} -t ${table} -P ${chain} ${policy}`);
  }
  return lines;
}
