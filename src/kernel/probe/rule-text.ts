import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';

/** In a network namespace that lasts as long as the shell: load the rule, print the kernel's form of it. */
const asked = `printf '*%s\n%s%s\nCOMMIT\n' "$2" "$3" "$4" | "$1-restore" && "$1-save" -t "$2"`;

/** The rule that the probe asks about: its program, table, chain and line, as iptables-restore reads it. */
interface RuleLine {
  tool: 'iptables' | 'ip6tables';
  table: string;
  /** A chain of the user's own, which must be made first; null for one that the kernel has. */
  own: string | null;
  line: string;
}

/** How iptables-save prints a rule, whatever words it was written in: the kernel is asked, in a scratch namespace. */
export async function ruleText(pid: number, from: NodePlace, rule: RuleLine): Promise<ProbeOutcome> {
  const { tool, table, own, line } = rule;
  const chain = own === null ? '' : `:${own} - [0:0]\n`;
  const argv = ['unshare', '--net', 'sh', '-c', asked, 'sh', tool, table, chain, line];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 5000 });
  const evidence = evidenceOf(from.name, [tool, '-t', table, line], ran);
  const printed = ran.stdout.split('\n').findLast((each) => each.startsWith('-A '));
  const blank = { by: null, status: null, sources: [], evidence };
  if (ran.exitCode !== 0 || printed === undefined) return { ...blank, result: 'tool-failed', body: null };
  return { ...blank, result: 'answer', body: printed };
}
