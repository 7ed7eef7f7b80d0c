import type { ChangeKind } from '../../src/core/check/changes.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import type { Sessions } from '../../src/session/sessions.ts';

/** A client that follows a session, and types on its nodes. */
export class Following {
  readonly events: SessionEvent[] = [];
  readonly changes: ChangeKind[][] = [];
  readonly stop: () => void;
  readonly #sessions: Sessions;
  readonly #id: string;
  #news = () => {};
  #read = 0;

  constructor(sessions: Sessions, id: string) {
    this.#sessions = sessions;
    this.#id = id;
    this.stop = sessions.of(id).subscribe(
      sessions.get(id).lastEvent,
      (event) => {
        this.events.push(event.event);
        this.#news();
      },
      (kinds) => void this.changes.push(kinds),
    );
  }

  async type(on: string, run: string): Promise<void> {
    const stream = await this.#sessions.of(this.#id).open(on, ['bash', '-c', run], { pty: null });
    await new Promise<void>((resolve) => stream.onExit(() => resolve()));
  }

  /** Resolves when a condition holds that an event may bring about. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
  }

  /** The next event of this shape after the last one that was waited for: `built/link fail`, `step-broken built`. */
  async next(shape: string): Promise<SessionEvent> {
    for (;;) {
      while (this.#read < this.events.length) {
        const event = this.events[this.#read++];
        if (event && shapeOf(event) === shape) return event;
      }
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
  }
}

export function shapeOf(event: SessionEvent): string {
  if (event.type === 'verdict') {
    const { step, check, status, reason } = event.verdict;
    return [`${step}/${check}`, status, reason].filter(Boolean).join(' ');
  }
  if (event.type === 'machine') return `machine ${event.machine.state}`;
  return 'step' in event ? `${event.type} ${event.step}` : event.type;
}
