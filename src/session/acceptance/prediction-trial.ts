import type { Step } from '../../core/lab/lab.ts';
import { sameAnswer } from '../../core/predict/compare.ts';
import type { Prediction } from '../../core/predict/prediction.ts';
import { lookAt, timeliness } from '../predictor.ts';
import type { Hand } from './hand.ts';

/**
 * Looks for the machine's answer to each prediction of a step as soon as the machine is in the state it is about:
 * on entry, or after one of the solution's lines.
 */
export class PredictionTrial {
  readonly #hand: Hand;
  readonly #step: Step;
  /** The error of each prediction; null if there was none. Missing: not asked yet. */
  readonly #findings = new Map<string, string | null>();

  constructor(hand: Hand, step: Step) {
    this.#hand = hand;
    this.#step = step;
  }

  /** No prediction is left to ask. */
  get done(): boolean {
    return this.#step.predict.every(({ id }) => this.#findings.has(id));
  }

  async look(): Promise<void> {
    for (const prediction of this.#step.predict) {
      if (this.#findings.has(prediction.id)) continue;
      const found = await this.#ask(prediction).catch((error: Error) => error.message);
      if (found !== 'untimely') this.#findings.set(prediction.id, found);
    }
  }

  finding(id: string): string | null {
    const found = this.#findings.get(id);
    return found === undefined ? 'the machine was never in the state the question is about' : found;
  }

  async #ask(prediction: Prediction): Promise<string | null> {
    if ((await timeliness(this.#hand.machine, this.#step, prediction)) !== null) return 'untimely';
    const { answer, why, evidence } = await lookAt(this.#hand.machine, this.#step, prediction);
    if (answer === null)
      return `the machine gave no answer; ${why?.en ?? evidence.map(({ output }) => output).join('\n')}`;
    const { choices, expected } = prediction;
    const values = choices.map(({ value }) => value);
    const strange = values.length === 0 ? undefined : answer.find((value) => !values.includes(value));
    if (strange !== undefined) return `the machine says ${strange}, which is none of ${values.join(', ')}`;
    if (expected === null || sameAnswer(answer, expected)) return null;
    return `expected ${expected.join(', ')}; the machine says ${answer.join(', ')}`;
  }
}
