/** Whether a match holds: `unknown` if the state alone does not decide. */
export type Certainty = boolean | 'unknown';

/** All of them: one `false` decides, then one `unknown`. */
export function all(parts: readonly Certainty[]): Certainty {
  if (parts.includes(false)) return false;
  return parts.includes('unknown') ? 'unknown' : true;
}

/** Any of them: one `true` decides, then one `unknown`. */
export function any(parts: readonly Certainty[]): Certainty {
  if (parts.includes(true)) return true;
  return parts.includes('unknown') ? 'unknown' : false;
}

/** A rule's argument, which `!` may stand before; one that is not there asks nothing. */
export function matchArgument<T>(
  argument: { negated: boolean; value: T } | undefined,
  holds: (value: T) => Certainty,
): Certainty {
  if (argument === undefined) return true;
  const held = holds(argument.value);
  return held === 'unknown' ? 'unknown' : held !== argument.negated;
}
