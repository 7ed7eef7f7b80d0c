import type { NftTable } from './observation.ts';

/** Tables that iptables-nft, ip6tables-nft, arptables-nft and ebtables-nft make, by the family each has. */
const made: Record<string, readonly string[]> = {
  ip: ['raw', 'mangle', 'nat', 'filter', 'security'],
  ip6: ['raw', 'mangle', 'nat', 'filter', 'security'],
  arp: ['filter'],
  bridge: ['filter', 'nat', 'broute'],
};

/** The table of a trace that is under way (kernel/py/hoplab_kernel/trace/table.py): nobody else made it. */
const ofTrace = 'hoplab_trace';

/** The tables of `nft -s list ruleset`, each with its own text. */
export function nftTables(text: string): NftTable[] {
  return text
    .split(/^(?=table )/m)
    .filter((part) => part.startsWith('table '))
    .flatMap((part) => {
      const [, family = '', name = ''] = part.split(/\s+/);
      if (name === ofTrace) return [];
      // A comment ahead of a table stands behind the one before it.
      const lines = part.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
      const native = !made[family]?.includes(name) || lines.some(isNative);
      return [{ family, name, native, text: lines.join('\n') }];
    });
}

/**
 * Matches and targets of iptables in the words of libxtables, which nft prints for them: multiport, time, hashlimit,
 * dccp and CONNMARK. A rule that nft made has `tcp dport { 80, 443 }` without the protocol before it, days by name, a
 * meter with its size, and marks of eight digits.
 */
const translated = new RegExp(
  [
    String.raw`\bmeta l4proto \S+ \w+ [sd]port (!= )?\{[^}]*\}`,
    String.raw`\bmeta l4proto \S+ \w+ sport \. \w+ dport (!= )?\{[^}]*\}`,
    String.raw`\bmeta day (!= )?\{ \d[^}]*\}`,
    String.raw`\bmeter \S+ \{ [^}]*timeout \d+s limit rate [^}]*\}`,
    String.raw`\bdccp type (!= )?\{[^}]*\}`,
    String.raw`\bct mark set (0x(0|[1-9a-f][0-9a-f]*)\b|mark\b|ct mark (and|or|xor) )`,
  ].join('|'),
  'g',
);

/**
 * A line that no iptables program makes: a set, a map, an expression that needs one, or a rule without a
 * counter, which theirs always have. iptables-save prints such a rule as another one, without an error.
 */
export function isNative(line: string): boolean {
  const text = line.trim();
  if (/^(set|map|flowtable|ct|quota|limit|counter|secmark) \S+( \S+)? \{/.test(text)) return true;
  if (/^(table |chain |type |policy |\}|$)/.test(text)) return false;
  const quoteless = text.replace(/"[^"]*"/g, '').replace(translated, '');
  return (
    !/\bcounter\b/.test(quoteless) ||
    /[{@]/.test(quoteless) ||
    /\b(v?map|ct (set|mark set))\b/.test(quoteless)
  );
}
