import { keyTo } from '../../path/model/policy.ts';
import { routing } from '../../path/model/routing.ts';
import type { RuleStep } from '../../path/recording/hop.ts';
import type { Values } from '../../verdict/verdict.ts';
import { inNode, type Place } from './place.ts';

const asksBack = /-m rpfilter\b|\bfib saddr\b.*\boif(name)?\b/;

/**
 * A rule that drops what could not be answered the way it came (`rpfilter`, `fib saddr`): the way back as the node has
 * it. `backTo`: there is none.
 */
export function wayBackOfRule(place: Place, { rule, line, chain, table, family }: RuleStep): Values {
  const { upper, headers, state } = place;
  if (rule === null || upper === null || !asksBack.test(rule)) return {};
  const marked = /--validmark\b|\bfib saddr \. mark\b/.test(rule);
  const { mark } = inNode(place);
  const back = routing(state, { ...keyTo(headers.source), mark: marked ? mark : 0 });
  const found = back.kind === 'route' && back.route.type === 'unicast' ? back.route : null;
  if (found === null) return { backRule: rule, backTo: headers.source, cameIn: upper };
  const devices = [found.dev, ...found.nexthops.map(({ dev }) => dev)];
  if (devices.includes(upper)) return {};
  const strict = /-m rpfilter\b/.test(rule) && !/--loose\b/.test(rule) && line !== null;
  const tool = family === 'ip6' ? 'ip6tables' : 'iptables';
  const loose = rule.replace(/^-A \S+ /, '').replace('-m rpfilter', '-m rpfilter --loose');
  return {
    ...{ backRule: rule, backRoute: found.text, cameIn: upper, backSource: headers.source },
    ...(strict ? { loosened: `${tool} -t ${table} -R ${chain} ${line} ${loose}` } : {}),
  };
}
