import { isAsAwaited } from '../../../probe/chronyc.ts';
import type { TimeSource } from '../../../probe/services.ts';
import { sameAddress } from '../../../state/ip.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** The time client of a node has a server, and thinks of it as it should. */
export function judgeTimeSource({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { on, source, state, answers } = args;
  const wanted = [
    ...(state === undefined ? [] : [state.join(' / ')]),
    ...(answers === undefined ? [] : [answers ? 'answers' : 'silent']),
  ].join(', ');
  const values = { source, wanted };
  const frame: Frame = { node: on, object: source, expected: wanted || source, values, evidence: [] };
  const outcome = outcomeOr(frame, observation, on, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (outcome.timeSources == null) return fail(frame, 'process-missing', '-', { program: 'chronyd' });
  const found = (outcome.timeSources ?? []).find(({ address }) => sameAddress(address, source));
  if (found === undefined) return fail(frame, 'time-source-missing', '-');
  const sourceText = shownAs(found);
  const right = isAsAwaited(found, { state: state ?? null, answers: answers ?? null });
  return right
    ? pass(frame, sourceText)
    : fail(frame, 'time-source-state', sourceText, { state: found.state });
}

const shownAs = ({ state, answered, offset }: TimeSource): string =>
  `${state}, ${answered} of 8 answered${answered === 0 ? '' : `, ${offset < 0 ? '' : '+'}${Number(offset.toFixed(6))} s`}`;
