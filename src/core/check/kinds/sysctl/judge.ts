import { setForLater } from '../../../path/model/default-setting.ts';
import type { NodeState, Observation } from '../../../state/observation.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
  unchecked,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A kernel setting of the node's network namespace has a value. */
export function judgeSysctl({ args, observation }: JudgeFacts<Args>): Judgement {
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
  return fail(frame, 'wrong-value', `${key} = ${actual}`, {
    ...{ observed: actual, elsewhere: typedElsewhere(observation, on, key, value) },
    otherFamily: switchOfOther(node, key, value),
    forLater: setForLater(node, key, value),
  });
}

/** The kernel separates several values by tabs. */
function words(value: string): string {
  return value.trim().split(/\s+/).join(' ');
}

/** Forwarding of the other family is on: each has a setting of its own. */
function switchOfOther({ sysctls }: NodeState, key: string, value: string): string {
  const switches = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'];
  const other = switches.find((one) => one !== key) ?? '';
  return switches.includes(key) && value === '1' && sysctls[other] === '1' ? other : '';
}

/** A node that is no router has been made one: the setting was meant for another. */
function typedElsewhere({ nodes }: Observation, on: string, key: string, value: string): string {
  if (!/^net\.ipv[46]\..*forward/.test(key)) return '';
  const leaf = ([name, { links, sysctls }]: [string, NodeState]) =>
    name !== on && sysctls[key] === value && links.filter(({ kind }) => kind !== 'loopback').length === 1;
  const found = Object.entries(nodes)
    .filter(leaf)
    .map(([name]) => name);
  return found.length === 1 ? (found[0] ?? '') : '';
}
