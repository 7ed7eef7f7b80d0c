import type { Progress } from './progress.ts';

/** Progress as JSON: maps and sets are lists. */
export interface StoredProgress {
  step: string;
  doneAt: [string, number][];
  broken: string[];
  verdicts: Entries<Progress['verdicts']>;
  /** Summaries of old have none of these. */
  held?: string[];
  shown?: string[];
  begun?: string;
  typed: string[];
  typedBefore?: { begun: string; typed: string[] };
  hints: [string, number][];
  hinted?: number;
  predictions: Entries<Progress['predictions']>;
  practice: Progress['practice'];
}

type Entries<M> = M extends Map<infer K, infer V> ? [K, V][] : never;

export const storeProgress = (progress: Progress): StoredProgress => ({
  ...{ step: progress.step, practice: progress.practice },
  ...{ doneAt: [...progress.doneAt], broken: [...progress.broken], verdicts: [...progress.verdicts] },
  held: [...progress.held],
  ...{ shown: [...progress.shown], begun: progress.typing.begun, typed: [...progress.typing.typed] },
  typedBefore: { begun: progress.typingBefore.begun, typed: [...progress.typingBefore.typed] },
  ...{ hints: [...progress.hints], hinted: progress.hinted, predictions: [...progress.predictions] },
});

export const restoreProgress = (from: StoredProgress): Progress => ({
  ...{ step: from.step, practice: from.practice },
  ...{ doneAt: new Map(from.doneAt), broken: new Set(from.broken), verdicts: new Map(from.verdicts) },
  ...{ held: new Set(from.held), shown: new Set(from.shown) },
  typing: { begun: from.begun ?? from.step, typed: new Set(from.typed) },
  typingBefore: {
    begun: from.typedBefore?.begun ?? from.step,
    typed: new Set(from.typedBefore?.typed),
  },
  ...{ hints: new Map(from.hints), hinted: from.hinted ?? 0, predictions: new Map(from.predictions) },
});
