import { promptOf } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type Judgement,
  nodeOr,
  pass,
  type Seen,
  unchecked,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A kernel setting of the node's network namespace has a value. */
export function judgeSysctl({ args, observation }: Seen<Args>): Judgement {
  const { on, value } = args;
  const key = args.key.replaceAll('/', '.');
  const frame: Frame = {
    node: on,
    object: key,
    expected: `${key} = ${value}`,
    values: { key, expected: value },
    evidence: [],
  };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const actual = node.sysctls[key];
  const command = `${promptOf(observation, on).exec}sysctl ${key}`;
  frame.evidence = [{ on, command, output: actual === undefined ? '' : `${key} = ${actual}` }];
  // Not read is not the same as not set.
  if (actual === undefined) return unchecked(frame, 'tool-failed', '-', { tool: command });
  if (words(actual) === words(value)) return pass(frame, `${key} = ${actual}`);
  return fail(frame, 'wrong-value', `${key} = ${actual}`, { observed: actual });
}

/** The kernel separates several values by tabs. */
function words(value: string): string {
  return value.trim().split(/\s+/).join(' ');
}
