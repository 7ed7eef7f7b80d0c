import { diagnosedUrl } from '../../../diagnose/url.ts';
import { nearlyDropped } from '../../../path/model/near-drop.ts';
import type { ProbeOutcome } from '../../../probe/probe.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Observation } from '../../../state/observation.ts';
import { hostOf, packetFor } from '../../../text/url.ts';
import { sourceReason, translator } from '../../judge-source.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import { shownBy, witnessedFinding } from '../../witnessed.ts';
import type { Args } from './schema.ts';

/** An HTTP request is answered as asked (status, body, client address), or fails for the one reason it must. */
export function judgeHttp({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, expect, control } = args;
  const frame = frameOf(args);
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (outcome.result === 'answer') {
    if (expect === 'answer') return judgeAnswer(args, frame, observation, outcome);
    const near = nearlyDropped(observation, packetFor(from, args.url), expect);
    return fail(frame, 'unexpected-reply', String(outcome.status), near);
  }
  if (outcome.result === 'broken-answer') {
    const { missing, tls, certificate } = outcome.broken ?? {};
    const observed = missing ?? tls ?? certificate ?? '-';
    return fail(frame, expect === 'answer' ? 'answer-broken' : 'unexpected-reply', observed, {
      ...outcome.broken,
    });
  }
  const finding = diagnosedUrl(frame, observation, args, outcome);
  if (expect === 'answer') {
    const shown = shownBy(frame, observation, finding, outcomes);
    const nothing = shown.reason === 'no-answer' ? outcome.broken?.nothing : undefined;
    if (nothing !== undefined) return fail(frame, 'answer-broken', nothing, { nothing });
    return failed(frame, outcome.result, shown);
  }
  return expectedFailure(frame, expect, witnessedFinding(finding, outcomes[2]), control, outcomes[1]);
}

/** The client's address as servers in labs print it: `client_address=10.0.0.1`. */
const clientLine = /\bclient(?:[_ -]address)?\s*[=:]\s*([0-9a-fA-F.:]+)/;

function judgeAnswer(args: Args, frame: Frame, observation: Observation, outcome: ProbeOutcome): Judgement {
  const { status, body, client, from } = args;
  const text = outcome.body ?? '';
  if (outcome.status !== status) {
    // Bad Gateway, Gateway Timeout (RFC 9110, 15.6).
    const proxied = outcome.status === 502 || outcome.status === 504 ? { proxied: `${outcome.status}` } : {};
    return fail(frame, 'wrong-status', String(outcome.status), { expected: String(status), ...proxied });
  }
  if (body !== undefined && !text.includes(body))
    return fail(frame, 'wrong-body', firstLine(text), { expected: body });
  if (client === undefined) return pass(frame, String(outcome.status));
  const seen = clientLine.exec(text)?.[1];
  if (seen === undefined)
    return fail(frame, 'wrong-body', firstLine(text), { expected: `client_address=${client}` });
  if (sameAddress(seen, client)) return pass(frame, `${outcome.status}, client ${seen}`);
  return fail(frame, sourceReason(observation, from, client, seen), seen, {
    expected: client,
    ...translator(observation, from, client),
  });
}

function frameOf(args: Args): Frame {
  const { from, url, expect, status, body, client } = args;
  const words = [String(status), ...(body === undefined ? [] : [body])];
  if (client !== undefined) words.push(`client ${client}`);
  const expected = expect === 'answer' ? words.join(', ') : expect;
  const values = { from, to: hostOf(url), url, expect };
  return { node: from, object: url, expected, values, evidence: [] };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 120) || '-';
}
