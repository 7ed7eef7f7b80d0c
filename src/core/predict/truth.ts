import { explain } from '../explain/explain.ts';
import { inEachLanguage, type Text } from '../language.ts';
import { labReason, type TraceEnd } from '../path/recording/hop.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Evidence, Verdict } from '../verdict/verdict.ts';
import { none, nothing, nowhere, type Question } from './prediction.ts';

/** There is no node to ask from. */
const missing: readonly Reason[] = ['netns-missing', 'container-missing', 'pod-missing'];

/** The observations of the machine; each kind of question needs some of them. */
export interface MachineAnswers {
  verdicts: Verdict[];
  outcome: ProbeOutcome | null;
  end: TraceEnd | null;
  /** The first group of a pattern in a text; null if it does not match. */
  firstGroup: (pattern: string, text: string) => string | null;
}

/**
 * The machine's answer; null if it gave none. `why`: an explanation from the kernel's state, in a sentence or
 * two.
 */
export interface Truth {
  answer: string[] | null;
  why: Text | null;
  evidence: Evidence[];
}

export function truthOf(question: Question, answers: MachineAnswers): Truth {
  const { verdicts, outcome, end, firstGroup } = answers;
  switch (question.kind) {
    case 'ping':
    case 'tcp':
    case 'which':
    case 'one-of':
      return ofVerdicts(question.kind, verdicts);
    case 'dies-at':
    case 'why':
      return ofEnd(question.kind, end);
    default:
      return ofOutcome(question, outcome, firstGroup);
  }
}

/** The checks could not be asked: their verdicts say why. */
export function noTruth(verdicts: readonly Verdict[]): Truth {
  const evidence = verdicts.flatMap((verdict) => verdict.evidence);
  return { answer: null, why: messagesOf(verdicts), evidence };
}

function ofVerdicts(kind: 'ping' | 'tcp' | 'which' | 'one-of', verdicts: readonly Verdict[]): Truth {
  const unknown = noTruth(verdicts);
  const [first] = verdicts;
  if (!first || verdicts.some(({ status }) => status === 'could-not-check')) return unknown;
  if (kind === 'ping' || kind === 'tcp')
    return missing.some((each) => each === first.reason) ? unknown : { ...unknown, answer: [first.observed] };
  const held = verdicts.filter(({ status }) => status === 'pass').map(({ check }) => check);
  if (kind === 'one-of') return held.length === 1 ? { ...unknown, answer: held } : unknown;
  return { ...unknown, answer: held.length === 0 ? [none] : held };
}

function ofEnd(kind: 'dies-at' | 'why', end: TraceEnd | null): Truth {
  if (end === null) return { answer: null, why: null, evidence: [] };
  const { text: why, node, reason } = end;
  if (end.kind === 'delivered') return { answer: [kind === 'why' ? none : nowhere], why, evidence: [] };
  if (kind === 'dies-at') return { answer: [node], why, evidence: [] };
  return { answer: reason === null ? null : [labReason(reason)], why, evidence: [] };
}

function ofOutcome(
  question: Question,
  outcome: ProbeOutcome | null,
  firstGroup: MachineAnswers['firstGroup'],
): Truth {
  if (outcome === null) return { answer: null, why: null, evidence: [] };
  const found = { answer: null, why: null, evidence: [outcome.evidence] };
  if (outcome.result === 'tool-failed') return found;
  if (question.kind === 'source')
    return { ...found, answer: outcome.sources.length === 0 ? [nothing] : outcome.sources.slice(0, 1) };
  const text = (outcome.body ?? '').trim();
  const match = question.kind === 'output' ? question.match : undefined;
  const part = match === undefined ? text : firstGroup(match, text);
  return part === null || part === '' ? found : { ...found, answer: [part.replace(/\s+/g, ' ')] };
}

function messagesOf(verdicts: readonly Verdict[]): Text {
  return inEachLanguage((language) =>
    verdicts.map((verdict) => explain(verdict, language).message).join('\n'),
  );
}
