import type { Command } from '../prose/commands.ts';
import type { Check } from '../state/protocol-types.ts';

/**
 * The block of the prose beside which each check stands: the one whose commands share most words with the
 * check's question; the later of equals. A check that shares nothing with any stands in the list alone.
 */
export function placeChecks(
  checks: readonly Check[],
  blocks: readonly (Command[] | null)[],
): Map<number, Check[]> {
  const places = new Map<number, Check[]>();
  for (const check of checks) {
    const words = wordsOf(check);
    let best = -1;
    let most = 1;
    blocks.forEach((commands, index) => {
      const score = Math.max(0, ...(commands ?? []).map((command) => shared(words, command)));
      if (score >= most) {
        best = index;
        most = score;
      }
    });
    if (best >= 0 && most > 1) places.set(best, [...(places.get(best) ?? []), check]);
  }
  return places;
}

/** The pattern of commands that make or show the subject of each kind. */
const signs: Partial<Record<Check['kind'], RegExp>> = {
  netns: /\bnetns add\b/,
  link: /\blink (add|set|del)\b/,
  address: /\baddr(ess)? (add|del)\b/,
  route: /\broute (add|del)\b/,
  neighbour: /\barp\b|\bneigh\b/,
  sysctl: /ip_forward|sysctl|\/proc\/sys/,
  rule: /\biptables\b/,
  ping: /\bping\b/,
  http: /\bcurl\b|http/,
  seen: /\btcpdump\b|\bcurl\b|\bping\b/,
  process: /\bunshare\b|\bps\b/,
  dns: /\bdig\b|\bnslookup\b/,
  resolve: /\bgetent\b|\bping\b|\/etc\/hosts/,
  file: /\/etc\//,
  listener: /\bss\b|\bhttp\.server\b/,
  tcp: /\bnc\b|\bcurl\b/,
};

interface Wanted {
  sign: RegExp;
  words: string[];
}

function wordsOf({ kind, args }: Check): Wanted {
  const values = Object.values(args).filter((value): value is string => typeof value === 'string');
  return { sign: signs[kind] ?? /^/, words: values.flatMap((value) => value.split(/[\s:/]+(?![0-9])/)) };
}

function shared({ sign, words }: Wanted, { run, node }: Command): number {
  if (!sign.test(run)) return 0;
  const parts = new Set([...run.split(/[\s:]+/), ...run.split(/[\s:/]+/), node]);
  return 1 + words.filter((word) => parts.has(word)).length;
}
