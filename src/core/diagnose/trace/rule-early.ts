import type { RuleStep } from '../../path/recording/hop.ts';
import { type NftChain, nftChains } from '../../path/recording/nft-text.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Place } from './place.ts';

/** NF_IP_PRI_CONNTRACK: a chain that is asked before knows no connection. */
const conntrack = -200;
const ofState =
  /\bct (state|status|mark|direction|zone|original|reply)\b|--ct(state|status|dir)\b|-m state\b/;

/**
 * A rule about connections in a chain that is asked before conntrack (table raw, priority -300): no packet has a state
 * there, so it is INVALID to the rule.
 */
export function beforeConntrack({ recording, state, hop }: Place, step: RuleStep): Values {
  const { family, table, chain, hook } = step;
  if (hook !== 'prerouting' && hook !== 'output') return {};
  const native = nftChains(recording.nft[hop.node] ?? '').find(
    (one) => one.family === family && one.table === table && one.chain === chain,
  );
  const lines = (family === 'ip6' ? state.rules.ipv6 : state.rules.ipv4).split('\n');
  const own = lines
    .slice(Math.max(lines.indexOf('*raw'), 0))
    .filter((line) => line.startsWith(`-A ${chain} `));
  const priority = native === undefined ? null : priorityOf(native);
  const raw = table === 'raw' && step.line !== null;
  if (!raw && (priority === null || priority > conntrack)) return {};
  const rules = raw ? own : (native?.rules ?? []).map(({ text }) => text);
  const early = [step.rule ?? '', ...rules].find((rule) => ofState.test(rule));
  return early === undefined
    ? {}
    : { earlyRule: early, earlyChain: `${table} ${chain}`, earlyPriority: String(priority ?? -300) };
}

/** `raw`, `raw + 5`, `-300`: the names of nft for netfilter's priorities. */
function priorityOf({ priority }: NftChain): number | null {
  const [, name = '', sign = '+', more = '0'] = /^(-?\w+)(?: ([+-]) (\d+))?$/.exec(priority) ?? [];
  const base = /^-?\d+$/.test(name) ? Number(name) : names[name];
  return base === undefined ? null : base + Number(`${sign}${more}`);
}

const names: Record<string, number> = {
  ...{ raw: -300, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 },
};
