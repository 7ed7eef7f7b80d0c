import type { Finding } from '../../../path/model/finding.ts';
import { firstTrouble, walk } from '../../../path/model/walk.ts';
import { isAsAwaited } from '../../../probe/chronyc.ts';
import type { TimeSource } from '../../../probe/services.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Observation } from '../../../state/observation.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** No node of a machine may set the clock, and chronyd ends where it may not (adjtimex). */
const start = 'chronyd -x';

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
  if (outcome.timeSources == null) return fail(frame, 'process-missing', '-', { program: 'chronyd', start });
  const found = (outcome.timeSources ?? []).find(({ address }) => sameAddress(address, source));
  if (found === undefined) return fail(frame, 'time-source-missing', '-');
  const sourceText = shownAs(found);
  const right = isAsAwaited(found, { state: state ?? null, answers: answers ?? null });
  if (right) return pass(frame, sourceText);
  const unheard = found.answered === 0 && answers !== false ? wayTo(observation, on, source) : null;
  return unheard === null
    ? fail(frame, 'time-source-state', sourceText, { state: found.state })
    : failed(frame, sourceText, unheard);
}

/** Why no question comes to the server, where the state shows it. */
function wayTo(observation: Observation, from: string, to: string): Finding | null {
  const trouble = firstTrouble(walk(observation, { from, to, protocol: 'udp', port: 123 }));
  if (trouble?.kind !== 'lost') return null;
  return { ...trouble, values: { ...trouble.values, from, to, port: '123' } };
}

const shownAs = ({ state, answered, offset }: TimeSource): string =>
  `${state}, ${answered} of 8 answered${answered === 0 ? '' : `, ${offset < 0 ? '' : '+'}${Number(offset.toFixed(6))} s`}`;
