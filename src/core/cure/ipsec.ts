import type { Tool } from './effect.ts';

/** `ip xfrm policy delete SELECTOR`, as the policy's own text has it. */
export const ipXfrm: Tool = ({ state }, [object, verb, ...words]) => {
  if (object !== 'policy' || verb !== 'delete') return 'unknown';
  const { policies = [], states = [] } = state.ipsec ?? {};
  const left = policies.filter(({ text }) => text !== words.join(' '));
  if (left.length === policies.length) return 'refused';
  const { ipsec: _, ...without } = state;
  return left.length === 0 ? without : { ...state, ipsec: { policies: left, states } };
};
