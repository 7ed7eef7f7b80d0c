import type { ProbeOutcome } from '../../../probe/probe.ts';
import { sedPattern } from '../../../text/shell.ts';
import { nearLine } from '../../../text/slip.ts';
import type { Values } from '../../../verdict/verdict.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { outcomeOr } from '../../probe-frame.ts';
import { lineOf, otherNodes, otherPath, pathOf, sight } from './entry.ts';
import type { Args } from './schema.ts';

/** An entry of one of a node's files, compared by its meaning, not by its spelling. */
export function judgeFile({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { on, absent } = args;
  const path = pathOf(args);
  const entry = lineOf(args);
  // A named namespace has files of its own where `ip netns exec` finds them (ip-netns(8)).
  const own = observation.nodes[on]?.kind === 'netns' ? path.replace('/etc/', `/etc/netns/${on}/`) : path;
  const frame: Frame = {
    node: on,
    object: path,
    expected: absent ? '-' : entry,
    values: { path, file: own, entry, expected: entry, absent: absent ? 'yes' : '' },
    evidence: [],
  };
  const outcome = outcomeOr(frame, observation, on, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const text = outcome.names?.text ?? '';
  const { found, near } = sight(args, text);
  if (found !== null) {
    return absent ? fail(frame, 'entry-present', found, { pattern: sedPattern(found) }) : pass(frame, found);
  }
  if (absent) return pass(frame, near ?? '-');
  const folder = own === path ? '' : own.replace(/\/[^/]*$/, '');
  // The order of the sources is no slip: it is what such a line says.
  const slipped = args.nsswitch !== undefined && near !== null ? null : nearLine(entry, near ?? text);
  if (slipped !== null)
    return fail(frame, 'wrong-entry', slipped.line, {
      pattern: sedPattern(slipped.line),
      slip: slipped.slip,
    });
  const [, other, ...theirs] = outcomes;
  const holders = otherNodes(on, observation).filter((_, at) => has(args, theirs[at]));
  const heldBy: Values = holders.length === 1 ? { heldBy: holders[0] ?? '' } : {};
  const misplaced = { ...placeIn(frame, args, other), ...heldBy };
  if (near === null) return fail(frame, 'entry-missing', '-', { folder, ...misplaced });
  return fail(frame, 'wrong-entry', near, { pattern: sedPattern(near), ...misplaced });
}

const has = (args: Args, outcome: ProbeOutcome | null | undefined): boolean =>
  outcome?.names?.text != null && sight(args, outcome.names.text).found !== null;

/** The right line in another file, if it was read and has it. */
function placeIn(frame: Frame, args: Args, other: ProbeOutcome | null | undefined): Values {
  if (other == null || !has(args, other)) return {};
  frame.evidence = [...frame.evidence, other.evidence];
  return { misplaced: otherPath(args) };
}
