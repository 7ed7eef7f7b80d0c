/** The answer of a client. `step` null: the current one. */
export interface PredictionRequest {
  step: string | null;
  prediction: string;
  /** As it was written: one part, or several where several may be named. */
  answer: string[];
}
