import { clusterAnswer } from '../../../diagnose/cluster-names.ts';
import { evidenceOf } from '../../../diagnose/evidence.ts';
import { daemonAt, diagnoseName, expectedNameFailure } from '../../../diagnose/names.ts';
import type { DnsRecord } from '../../../probe/names.ts';
import type { ProbeOutcome } from '../../../probe/probe.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Observation } from '../../../state/observation.ts';
import type { Values } from '../../../verdict/verdict.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** One DNS query is answered as asked (records, referral, by whom), or fails for the one reason it must. */
export function judgeDns({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, name, expect, control } = args;
  const frame = frameOf(args);
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (answered(args, outcome)) {
    return expect === 'answer'
      ? judgeAnswer(args, frame, observation, outcome)
      : fail(frame, 'unexpected-reply', recordsText(outcome), { to: name });
  }
  const finding = diagnoseName(observation, from, name, outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  const elsewhere = expect === 'answer' ? askedElsewhere(args, frame, outcome) : null;
  if (elsewhere !== null) return elsewhere;
  if (expect === 'answer') return failed(frame, outcome.result, finding);
  return expectedNameFailure(frame, expect, finding, control, outcomes[1]);
}

/** A referral has no answer section; it is an answer where one was asked for. */
function answered({ referral }: Args, { result, names }: ProbeOutcome): boolean {
  if (result === 'answer') return true;
  return result === 'no-data' && referral !== undefined && (names?.referrals ?? []).length > 0;
}

function judgeAnswer(args: Args, frame: Frame, observation: Observation, outcome: ProbeOutcome): Judgement {
  const { type, answer = [], referral, by } = args;
  const { records = [], referrals = [], server = '' } = outcome.names ?? {};
  const of = records.filter((record) => record.type === type);
  const expected = referral ?? answer.join(', ');
  const values = { server, expected, ...daemonAt(observation, server) };
  if (referral !== undefined) {
    if (!referrals.some((zone) => sameName(zone, referral)))
      return fail(frame, 'wrong-answer', recordsText(outcome), values);
  } else if (of.length === 0) {
    return fail(frame, 'record-missing', recordsText(outcome), values);
  } else if (!answer.every((one) => of.some((record) => sameData(record, one)))) {
    const parts = of.map(({ data }) => unspaced(data, answer)).find((one) => one !== '') ?? '';
    const ofService = clusterAnswer(observation, args.from, server, type === 'A' ? of[0]?.data : '');
    const more = { ...values, parts, ...ofService };
    return fail(frame, 'wrong-answer', of.map(({ data }) => data).join(', '), more);
  }
  if (by !== undefined && !sameAddress(server, by)) {
    return fail(frame, 'wrong-name-server', server, {
      server,
      expected: by,
      ...inFront(server, by, outcome),
    });
  }
  return pass(frame, `${recordsText(outcome)} (${server})`);
}

/** Another server than the one that knows the name has replied, and said that it does not. */
function askedElsewhere(args: Args, frame: Frame, outcome: ProbeOutcome): Judgement | null {
  const { server = '' } = outcome.names ?? {};
  const replied = ['name-unknown', 'no-data', 'server-refused', 'server-failed'].includes(outcome.result);
  if (!replied || args.by === undefined || args.server !== undefined || sameAddress(server, args.by))
    return null;
  const values = { server, expected: args.by, ...inFront(server, args.by, outcome) };
  return fail(frame, 'wrong-name-server', server, values);
}

/** The first server of resolv.conf replied: those behind it are asked where it gives no reply (resolv.conf(5)). */
function inFront(server: string, by: string, { names }: ProbeOutcome): Values {
  const [first = '', ...later] = names?.nameservers ?? [];
  if (!sameAddress(first, server) || !later.some((one) => sameAddress(one, by))) return {};
  return { later: by, firstLine: `^nameserver *${server.replaceAll('.', '\\.')} *$` };
}

function sameData({ type, data }: DnsRecord, wanted: string): boolean {
  if (type === 'TXT') return textOf(data) === wanted;
  return type === 'A' || type === 'AAAA' ? sameAddress(data, wanted) : sameName(data, wanted);
}

/** A text is one or more quoted strings, to be joined without a space between them (RFC 7208, 3.3). */
const textOf = (data: string): string =>
  [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) => part.replace(/\\(.)/g, '$1')).join('');

/** How many strings a text came as, where each has one word of an expected text: it was written without quotes. */
function unspaced(data: string, answer: readonly string[]): string {
  const strings = data.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const words = strings.map((one) => one.slice(1, -1)).join(' ');
  return strings.length > 1 && answer.includes(words) ? String(strings.length) : '';
}

/** Names are compared without regard to case (RFC 4343), with or without the root's dot. */
function sameName(one: string, other: string): boolean {
  const bare = (name: string) => (name.length > 1 ? name.replace(/\.$/, '') : name).toLowerCase();
  return bare(one) === bare(other);
}

function recordsText({ names }: ProbeOutcome): string {
  const { records = [], referrals = [] } = names ?? {};
  const answers = records.map(({ type, data }) => `${type} ${data}`);
  return (answers.length > 0 ? answers : referrals.map((zone) => `NS ${zone}`)).join(', ') || '-';
}

function frameOf(args: Args): Frame {
  const { from, name, type, server, answer, referral, by, expect } = args;
  const wanted = referral === undefined ? (answer ?? [type]).join(', ') : `NS ${referral}`;
  const expected = by === undefined ? wanted : `${wanted} (${by})`;
  const dig = ['dig', ...(server === undefined ? [] : [`@${server}`]), name, type].join(' ');
  const values = { from, name, type, dig, expect, server: server ?? '' };
  return {
    node: from,
    object: name,
    expected: expect === 'answer' ? expected : expect,
    values,
    evidence: [],
  };
}
