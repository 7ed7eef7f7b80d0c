import { isCheckKind, kindOf } from '../core/check/check.ts';
import { explain } from '../core/explain/explain.ts';
import { inEachLanguage, type Language } from '../core/language.ts';
import type { MistakeReveal } from '../core/practice/mistake.ts';
import type { Hint, NumberedEvent, SessionSnapshot } from '../core/session/event.ts';
import type { PingedAll } from '../core/session/pinging.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import type { Explained } from '../protocol/values/explained.ts';
import type { ExplainedVerdict, Words } from '../protocol/values/verdict.ts';

/** Adds the words to a verdict, in every language: clients may switch at any time. */
export function explainVerdict({ cure: _, ...verdict }: Verdict): ExplainedVerdict {
  const { asked = '' } = verdict.values;
  const noticed = isCheckKind(asked) && kindOf(asked).noticed;
  return { ...verdict, noticed, words: inEachLanguage((language) => words(verdict, language)) };
}

/** Every answer with a session has its newest verdicts: their words are made once, and kept as long as they are. */
const standing = new WeakMap<Verdict, ExplainedVerdict>();

function explainStanding(verdict: Verdict): ExplainedVerdict {
  const explained = standing.get(verdict) ?? explainVerdict(verdict);
  standing.set(verdict, explained);
  return explained;
}

export function explainSnapshot(snapshot: SessionSnapshot): Explained<SessionSnapshot> {
  const steps = snapshot.steps.map((step) => ({ ...step, verdicts: step.verdicts.map(explainStanding) }));
  return { ...snapshot, steps };
}

export function explainHint(hint: Hint): Explained<Hint> {
  return { ...hint, verdict: explainVerdict(hint.verdict) };
}

export function explainPairs({ causes, ...pinged }: PingedAll): Explained<PingedAll> {
  const explained = causes.map(({ verdict, pairs }) => ({ verdict: explainVerdict(verdict), pairs }));
  return { ...pinged, causes: explained };
}

export function explainReveal(revealed: MistakeReveal): Explained<MistakeReveal> {
  return { ...revealed, verdict: revealed.verdict && explainVerdict(revealed.verdict) };
}

export function explainEvent({ number, at, event }: NumberedEvent): Explained<NumberedEvent> {
  if (event.type !== 'verdict') return { number, at, event };
  return { number, at, event: { type: 'verdict', verdict: explainVerdict(event.verdict) } };
}

function words(verdict: Verdict, language: Language): Words {
  const { message, expected, observed, what, why, where } = explain(verdict, language);
  return { message, expected, observed, what, why, where };
}
