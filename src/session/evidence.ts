import type { Machine } from '../core/ports.ts';
import type { Evidence, Verdict } from '../core/verdict/verdict.ts';

/** Commands that only show something of a node, and of which a judge knows no more than the state says. */
const shows =
  /^(ip netns exec \S+ )?(ip( -n \S+)? (-br (link|addr)|(-6 )?route|neigh|-d link show dev \S+)|sysctl \S+|ip6?tables(-legacy|-save)? -t \w+( -S \S+| -nvL)?|nft -a list chain \w+ \S+ \S+|ss -ltnup|ps (-eo pid,uid,args|-o pid,uid,args -C [\w.-]+))$/;

/** Lines of an output that are kept. */
const most = 60;

/**
 * Replaces the evidence of a verdict that a learner will compare with a terminal by the real output of each
 * command. Evidence that a judge has composed from the state remains if the command does not run.
 */
export async function withRealOutput(machine: Machine, verdict: Verdict): Promise<Verdict> {
  if (verdict.status !== 'fail' && verdict.status !== 'not-yet') return verdict;
  const evidence = await Promise.all(verdict.evidence.map((one) => asked(machine, one)));
  return { ...verdict, evidence };
}

async function asked(machine: Machine, one: Evidence): Promise<Evidence> {
  if (!shows.test(one.command)) return one;
  // A named namespace is asked from the host, as a learner does.
  const named = / (-n|exec) \S+ /.test(one.command);
  const ran = await machine.run(named ? 'host' : one.on, ['sh', '-c', one.command]).catch(() => null);
  if (ran === null || ran.exitCode !== 0) return one;
  const lines = ran.stdout.trimEnd().split('\n');
  const left = lines.length - most;
  const output = left > 0 ? [...lines.slice(0, most), `... ${left} more lines`] : lines;
  return { ...one, output: output.join('\n') };
}
