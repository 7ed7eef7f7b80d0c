import type { Line } from '../lab/lab.ts';
import { ownersOf } from '../path/model/routing.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import { placeOf } from './apply-line.ts';

/** Words in capitals stand for values that are not in the state; a person fills them in. */
export const blank =
  /(^|[\s/'"=[])(GATEWAY|NETWORK|LENGTH|ADDRESS|LINK|PEER|MAC|NUMBER|OTHER-END|CHAIN|TARGET|CA|REQUEST|NAMES|DIR|P|KIND|IMAGE|KEY|VALUE)(?=$|[\s/'"=:\]])/;

/**
 * A line that cannot help, with any value filled in: the thing it deletes is missing, the address it gives is
 * another's, or the node has no interface to name.
 */
export function vain(observation: Observation, { on, run }: Line): boolean {
  const words = run.split(/\s+/).filter((word) => word !== '');
  const [node, argv] = placeOf(on, words);
  const state = observation.nodes[node];
  if (state === undefined) return true;
  const bare = state.links.every(({ kind }) => kind === 'loopback');
  if (bare && /\bdev LINK\b/.test(run)) return true;
  const [, added] = /\baddr add ([0-9a-f.:]+)\//.exec(run) ?? [];
  if (added !== undefined) return ownersOf(observation, added).length > 0;
  const [, gone] = /\baddr del ([0-9a-f.:]+)\//.exec(run) ?? [];
  if (gone !== undefined) return !has(state, gone);
  return /^ip6?tables/.test(argv[0] ?? '') && /\s-[DR]\s/.test(run) && !hasRule(state, argv);
}

const has = ({ links }: NodeState, wanted: string): boolean =>
  links.some(({ addresses }) => addresses.some(({ address }) => address === wanted));

function hasRule({ rules, legacy }: NodeState, [tool = '', ...words]: readonly string[]): boolean {
  const kept = tool.includes('legacy') ? legacy : rules;
  const text = tool.startsWith('ip6') ? kept.ipv6 : kept.ipv4;
  const at = words.indexOf('-t');
  const table = text.split(`*${at < 0 ? 'filter' : words[at + 1]}\n`)[1]?.split('\nCOMMIT')[0] ?? '';
  return /^-A /m.test(table);
}
