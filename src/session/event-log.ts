import type { NumberedEvent, SessionEvent } from '../core/session/event.ts';
import type { Journal } from './journal.ts';
import type { Progress } from './progress.ts';
import { storeProgress } from './stored-progress.ts';

type Listener = (event: NumberedEvent) => void;

/** The number of newest events that can be sent again; at twice as many, the older half is forgotten. */
const kept = 500;

/**
 * A session's events, numbered from 1 without gaps: keeps the newest, in its journal as well, and sends them
 * to listeners.
 */
export class EventLog {
  readonly #events: NumberedEvent[];
  readonly #journal: Journal;
  readonly #progress: Progress;
  readonly #listeners = new Set<Listener>();

  /** @param progress the progress after all events so far */
  constructor(journal: Journal, progress: Progress, earlier: readonly NumberedEvent[] = []) {
    this.#journal = journal;
    this.#progress = progress;
    this.#events = [...earlier];
  }

  get last(): number {
    return this.#events.at(-1)?.number ?? 0;
  }

  /**
   * The number from which events can be sent again to a listener that has received number `after`; null: the
   * newest.
   */
  from(after: number | null): number {
    const forgotten = (this.#events[0]?.number ?? 1) - 1;
    return Math.max(Math.min(after ?? this.last, this.last), forgotten);
  }

  /** The learner's place must survive a power cut; all other events a killed daemon. */
  add(event: SessionEvent): Promise<void> {
    const numbered: NumberedEvent = { number: this.last + 1, at: Date.now(), event };
    this.#events.push(numbered);
    for (const listener of this.#listeners) listener(numbered);
    const place = event.type === 'step-entered' || event.type === 'step-done';
    const written = this.#journal.append([{ kind: 'event', ...numbered }], place);
    return this.#events.length < 2 * kept ? written : this.#forget();
  }

  /** First the events after `after`, at once and in order, then each new one until the returned function is called. */
  subscribe(after: number, listener: Listener): () => void {
    for (const event of this.#events) if (event.number > after) listener(event);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #forget(): Promise<void> {
    this.#events.splice(0, this.#events.length - kept);
    return this.#journal.shorten(
      { kind: 'progress', last: this.last, progress: storeProgress(this.#progress) },
      this.#events.map((event) => ({ kind: 'event', ...event })),
    );
  }
}
