import type { Verdict } from '../../core/verdict/verdict.ts';

/** A verdict for the author of a lab, in one line. What is observed of a failed control is the control's. */
export function verdictLine({ step, check, status, reason, expected, observed, values }: Verdict): string {
  const line = `${step}/${check}: ${status} ${reason ?? ''}; expected ${expected}`;
  const { controlFrom, controlTo } = values;
  if (reason !== 'control-failed' || !controlFrom || !controlTo) return `${line}; observed ${observed}`;
  return `${line}; the control, a ping from ${controlFrom} to ${controlTo}, must get a reply; observed ${observed}`;
}
