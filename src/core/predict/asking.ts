/** The part of a step that decides whether it asks a question. */
interface Asking {
  id: string;
  predict: readonly { id: string }[];
}

/**
 * The step whose question this is: the current one, or one that was passed on the way, the nearest first. A
 * learner who is led on while they work can still answer. The current step if none asks it.
 */
export function stepAsking(steps: readonly Asking[], current: string, question: string): string {
  const here = steps.findIndex(({ id }) => id === current);
  const met = steps.slice(0, here + 1).reverse();
  return met.find(({ predict }) => predict.some(({ id }) => id === question))?.id ?? current;
}
