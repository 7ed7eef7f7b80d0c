import type { Finding } from '../../../path/model/finding.ts';
import { nearlyDropped } from '../../../path/model/near-drop.ts';
import type { Packet } from '../../../path/model/packet.ts';
import { ownersOf } from '../../../path/model/routing.ts';
import type { TimeAnswer } from '../../../probe/services.ts';
import type { Observation } from '../../../state/observation.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** A time server answers, and its clock is as it should be. */
export function judgeNtp({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, expect, control } = args;
  const packet: Packet = { from, to, protocol: 'udp', port: 123 };
  const frame: Frame = { node: from, object: to, expected: wish(args), values: valuesOf(args), evidence: [] };
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (outcome.result === 'answer' && outcome.time !== undefined) {
    const answer = `${signed(outcome.time.offset)} s, stratum ${outcome.time.stratum}`;
    const found = finding(args, outcome.time);
    if (expect === 'answer' || expect === found) {
      const values = {
        offset: signed(outcome.time.offset),
        seen: String(outcome.time.stratum),
        refused: outcome.time.refused,
      };
      return found === null || expect === found ? pass(frame, answer) : fail(frame, found, answer, values);
    }
    return fail(frame, 'unexpected-reply', answer, { to, ...nearlyDropped(observation, packet, expect) });
  }
  const diagnosis = diagnoseProbe(frame, observation, packet, outcome);
  if (expect === 'answer') return failed(frame, outcome.result, keptSilent(observation, to, diagnosis));
  return expectedFailure(frame, expect, diagnosis, control, outcomes[1]);
}

/** Nothing stops the packets, and a server listens: it does not answer everybody (chrony.conf(5), `allow`). */
function keptSilent(observation: Observation, to: string, found: Finding): Finding {
  const [server = ''] = ownersOf(observation, to);
  const here = observation.nodes[server]?.listeners ?? [];
  const process = here.find((one) => one.protocol === 'udp' && one.port === 123)?.process;
  const { undecided = '', suspect = '' } = found.values;
  if (found.reason !== 'no-answer' || process == null || undecided !== '' || suspect !== '') return found;
  return { ...found, values: { ...found.values, server, silentServer: process } };
}

function finding(args: Args, { synchronised, stratum, offset }: TimeAnswer) {
  if (!synchronised) return 'clock-unsynchronised';
  if (args.offset !== undefined && Math.abs(offset - args.offset) > args.within) return 'wrong-offset';
  return args.stratum !== undefined && args.stratum !== stratum ? 'wrong-stratum' : null;
}

const signed = (seconds: number): string => `${seconds < 0 ? '' : '+'}${seconds}`;

function wish({ expect, offset, within, stratum }: Args): string {
  if (expect !== 'answer') return expect;
  return (
    [
      ...(offset === undefined ? [] : [`${signed(offset)} s +/- ${within} s`]),
      ...(stratum === undefined ? [] : [`stratum ${stratum}`]),
    ].join(', ') || 'answer'
  );
}

function valuesOf({ from, to, offset, within, stratum, expect }: Args) {
  return {
    ...{ from, to, port: '123', expect, within: String(within) },
    ...{ wanted: offset === undefined ? '' : signed(offset), stratum: String(stratum ?? '') },
  };
}
