import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import type { Args } from './schema.ts';

/** The named network namespace exists, or does not. */
export function judgeNetns({ args, observation }: JudgeFacts<Args>): Judgement {
  const { name, absent } = args;
  const names = Object.entries(observation.nodes)
    .filter(([, node]) => node.kind === 'netns')
    .map(([one]) => one);
  const frame: Frame = {
    node: name,
    object: name,
    expected: absent ? '-' : name,
    values: { name, absent: absent ? 'yes' : '' },
    evidence: [{ on: 'host', command: 'ip netns list', output: names.join('\n') }],
  };
  const observed = names.join(', ') || '-';
  if (names.includes(name) === !absent) return pass(frame, observed);
  return fail(frame, absent ? 'netns-present' : 'netns-missing', observed);
}
