import type { Machine } from '../core/ports.ts';
import { bounded } from '../core/verdict/bounded.ts';
import type { Evidence, Verdict } from '../core/verdict/verdict.ts';

/** Commands that only show something of a node, and of which a judge knows no more than the state says. */
const shows =
  /^(ip netns exec \S+ )?(ip( -n \S+)? (-br (link|addr)|(-6 )?route|neigh|-d link show dev \S+)|sysctl \S+|ip6?tables(-legacy|-save)? -t \w+( -S \S+| -nvL)?|nft -a list chain \w+ \S+ \S+|ss -ltnup|ps (-eo pid,(uid|pidns),args|-o pid,(uid|pidns),args -C [\w.-]+))$/;

/**
 * A verdict as clients get it. Evidence that a learner will compare with a terminal is the real output of each
 * command; evidence that a judge has composed from the state remains if the command does not run.
 */
export async function withRealOutput(machine: Machine, verdict: Verdict): Promise<Verdict> {
  const isCompared = verdict.status === 'fail' || verdict.status === 'not-yet';
  const evidence = isCompared
    ? await Promise.all(verdict.evidence.map((one) => asked(machine, one)))
    : verdict.evidence;
  return bounded({ ...verdict, evidence });
}

async function asked(machine: Machine, one: Evidence): Promise<Evidence> {
  if (!shows.test(one.command)) return one;
  // A named namespace is asked from the host, as a learner does.
  const named = / (-n|exec) \S+ /.test(one.command);
  const ran = await machine.run(named ? 'host' : one.on, ['sh', '-c', one.command]).catch(() => null);
  return ran === null || ran.exitCode !== 0 ? one : { ...one, output: ran.stdout.trimEnd() };
}
