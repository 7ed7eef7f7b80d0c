import { equivalent, ParseError, parseRule, parseSave } from 'iptables-parser-ts';
import type { NodeState } from '../state/observation.ts';
import { after, type Effect, type Tool } from './effect.ts';

/** `iptables [-t TABLE] -P|-D|-R|-I|-A CHAIN ...` on the output of iptables-save. */
export const iptables =
  (family: 'ipv4' | 'ipv6', kept: 'rules' | 'legacy'): Tool =>
  ({ state }, words) => {
    const table = after(words, '-t') ?? 'filter';
    const [verb = '', chain = '', ...rest] = words[0] === '-t' ? words.slice(2) : words;
    const known = state[kept][family].split('\n');
    const deletes = verb === '-D' || verb === '-R';
    if (deletes && !known.includes(`*${table}`)) return 'refused';
    const fresh = builtin[table];
    if (fresh === undefined) return 'refused';
    const made = [`*${table}`, ...fresh.map((one) => `:${one} ACCEPT [0:0]`), 'COMMIT'];
    const lines = known.includes(`*${table}`) ? known : [...known.filter((line) => line !== ''), ...made, ''];
    const begin = lines.indexOf(`*${table}`);
    const end = lines.indexOf('COMMIT', begin);
    const edited = edit(lines.slice(begin, end), verb, chain, rest, family);
    if (typeof edited === 'string') return edited;
    const text = [...lines.slice(0, begin), ...edited, ...lines.slice(end)].join('\n');
    return readable(text, family) ? withText(state, kept, family, text) : 'refused';
  };

/** The chains that come with a table when a rule is first put into it. */
const builtin: Record<string, string[]> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

function withText(
  state: NodeState,
  kept: 'rules' | 'legacy',
  family: 'ipv4' | 'ipv6',
  text: string,
): NodeState {
  return { ...state, [kept]: { ...state[kept], [family]: text } };
}

function edit(
  lines: string[],
  verb: string,
  chain: string,
  rest: readonly string[],
  family: 'ipv4' | 'ipv6',
): string[] | Exclude<Effect, NodeState> {
  const declared = lines.findIndex((line) => line.startsWith(`:${chain} `));
  if (declared < 0) return 'refused';
  const rules = lines.flatMap((line, at) => (line.startsWith(`-A ${chain} `) ? [at] : []));
  const behind = (rules.at(-1) ?? lines.length - 1) + 1;
  const rule = (from: number) => ['-A', chain, ...rest.slice(from)].join(' ');
  switch (verb) {
    case '-P':
      return lines.with(declared, `:${chain} ${rest[0]} [0:0]`);
    case '-D': {
      const written = Number(rest[0]);
      const at = Number.isNaN(written)
        ? rules.find((line) => sameRule(lines[line] ?? '', rule(0), family))
        : rules[written - 1];
      return at === undefined ? 'refused' : lines.toSpliced(at, 1);
    }
    case '-R': {
      const at = rules[Number(rest[0]) - 1];
      return at === undefined ? 'refused' : lines.with(at, rule(1));
    }
    case '-I': {
      const numbered = /^\d+$/.test(rest[0] ?? '');
      const before = numbered ? Number(rest[0]) - 1 : 0;
      // One place behind the last rule counts too (iptables(8)).
      const at = before === rules.length ? behind : rules[before];
      return at === undefined ? 'refused' : lines.toSpliced(at, 0, rule(numbered ? 1 : 0));
    }
    case '-A':
      return lines.toSpliced(behind, 0, rule(0));
    default:
      return 'unknown';
  }
}

/** Whether the output of iptables-save has a rule in that table, in any spelling. */
export function hasRule(saved: string, table: string, rule: string, family: 'ipv4' | 'ipv6'): boolean {
  const lines = saved.split('\n');
  const begin = lines.indexOf(`*${table}`);
  const end = lines.indexOf('COMMIT', begin);
  const chain = rule.split(' ')[1] ?? '';
  return (
    begin >= 0 &&
    lines.slice(begin, end).some((line) => line.startsWith(`-A ${chain} `) && sameRule(line, rule, family))
  );
}

/** Rules are compared by their meaning, in any spelling. */
function sameRule(one: string, other: string, family: 'ipv4' | 'ipv6'): boolean {
  try {
    const [known, named] = [one, other].map((line) => parseRule(line, { family }));
    return known !== undefined && named !== undefined && equivalent(known, named);
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}

function readable(text: string, family: 'ipv4' | 'ipv6'): boolean {
  try {
    parseSave(text, { family });
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}
