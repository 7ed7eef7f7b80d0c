import type { NumberedEvent, SessionEvent } from '../core/session/event.ts';
import type { Journal } from './journal.ts';
import type { Progress } from './progress.ts';
import { storeProgress } from './stored-progress.ts';

type Listener = (event: NumberedEvent) => void;

/**
 * The newest events that can be sent again: so many, of so many characters, the newest in any case. At twice either,
 * the others are forgotten: a program of the machine decides how long its output in an event is. Whoever was away longer
 * has the snapshot. An event is some 400 bytes: 500 to 1,000 of them in each of a hundred sessions were 20 to 40 MiB.
 */
const kept = { events: 100, characters: 1 << 20 };

/**
 * A session's events, numbered from 1 without gaps: keeps the newest, in its journal as well, and sends them
 * to listeners.
 */
export class EventLog {
  readonly #events: NumberedEvent[];
  /** The length of each event. */
  readonly #lengths: number[];
  readonly #journal: Journal;
  readonly #progress: Progress;
  readonly #listeners = new Set<Listener>();

  /** @param progress the progress after all events so far */
  constructor(journal: Journal, progress: Progress, earlier: readonly NumberedEvent[] = []) {
    this.#journal = journal;
    this.#progress = progress;
    this.#events = [...earlier];
    this.#lengths = earlier.map(lengthOf);
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
    this.#lengths.push(lengthOf(numbered));
    for (const listener of this.#listeners) listener(numbered);
    const place = event.type === 'step-entered' || event.type === 'step-done';
    const written = this.#journal.append([{ kind: 'event', ...numbered }], place);
    const isMuch = this.#events.length >= 2 * kept.events || sum(this.#lengths) >= 2 * kept.characters;
    return isMuch && this.#events.length > 1 ? this.#forget() : written;
  }

  /** First the events after `after`, at once and in order, then each new one until the returned function is called. */
  subscribe(after: number, listener: Listener): () => void {
    for (const event of this.#events) if (event.number > after) listener(event);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #forget(): Promise<void> {
    let old = Math.max(0, this.#events.length - kept.events);
    for (let left = sum(this.#lengths.slice(old)); left > kept.characters; old++) {
      if (old === this.#events.length - 1) break;
      left -= this.#lengths[old] ?? 0;
    }
    this.#events.splice(0, old);
    this.#lengths.splice(0, old);
    return this.#journal.shorten(
      { kind: 'progress', last: this.last, progress: storeProgress(this.#progress) },
      this.#events.map((event) => ({ kind: 'event', ...event })),
    );
  }
}

const lengthOf = (event: NumberedEvent): number => JSON.stringify(event).length;

const sum = (lengths: readonly number[]): number => lengths.reduce((total, each) => total + each, 0);
