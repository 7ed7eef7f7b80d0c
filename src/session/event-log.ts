import type { NumberedEvent, SessionEvent } from '../core/session/event.ts';
import type { Journal } from './journal.ts';

type Listener = (event: NumberedEvent) => void;

/** A session's events, numbered from 1 without gaps, kept in its journal, told to whoever listens. */
export class EventLog {
  readonly #events: NumberedEvent[];
  readonly #journal: Journal;
  readonly #listeners = new Set<Listener>();

  constructor(journal: Journal, earlier: readonly NumberedEvent[] = []) {
    this.#journal = journal;
    this.#events = [...earlier];
  }

  get last(): number {
    return this.#events.length;
  }

  /** Where the learner is must survive a power cut; everything else a killed daemon. */
  add(event: SessionEvent): Promise<void> {
    const numbered: NumberedEvent = { number: this.#events.length + 1, at: Date.now(), event };
    this.#events.push(numbered);
    for (const listener of this.#listeners) listener(numbered);
    const place = event.type === 'step-entered' || event.type === 'step-done';
    return this.#journal.append([{ kind: 'event', ...numbered }], place);
  }

  /** First the events after `after`, at once and in order, then each new one until the returned function is called. */
  subscribe(after: number, listener: Listener): () => void {
    for (const event of this.#events.slice(Math.max(0, after))) listener(event);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
