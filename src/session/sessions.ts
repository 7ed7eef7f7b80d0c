import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import { withEngine } from '../core/lab/cluster-engine.ts';
import type { ClusterEngine, Lab } from '../core/lab/lab.ts';
import type { Machine, Machines } from '../core/ports.ts';
import type { Progress, SessionControl } from '../core/session/control.ts';
import type { SessionSnapshot } from '../core/session/event.ts';
import { suggestion } from '../core/text/nearest.ts';
import { noWarning, type Warn } from '../core/warn.ts';
import { mustSupport } from './boot.ts';
import { EventLog } from './event-log.ts';
import { Journal } from './journal.ts';
import { LearnedSteps } from './learned-steps.ts';
import { newProgress } from './progress.ts';
import { daemonEnds } from './refusals.ts';
import { restore } from './restore.ts';
import { Session } from './session.ts';

interface SessionsOptions {
  machines: Machines;
  /** Rejects with `lab-not-found`. */
  labOf: (id: string) => Lab;
  /** The directory of the journals; survives a reboot. */
  directory: string;
  limit: number;
  warn?: Warn;
}

/** All sessions, and which of them is the current one. */
export class Sessions implements SessionControl {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #learned: LearnedSteps;
  #current: string | null = null;
  readonly #supported = new WeakSet<Lab>();
  #made = 0;
  #closed = false;
  /** Sessions that are not in the map yet, but on their way there. */
  #starting = 0;

  private constructor(options: SessionsOptions, learned: LearnedSteps) {
    this.#options = options;
    this.#learned = learned;
  }

  /**
   * Takes up the sessions of an earlier daemon: with their machines if those live, else at their step anew.
   */
  static async open(options: SessionsOptions): Promise<Sessions> {
    const sessions = new Sessions(
      options,
      await LearnedSteps.open(join(options.directory, '..', 'learned.jsonl')),
    );
    const { directory, labOf, warn = noWarning } = options;
    const machines = await options.machines.adopt();
    const makerOf = (id: string, lab: Lab) => () => sessions.#makeMachine(id, lab);
    const restored = await restore({ directory, labOf, machines, makerOf, warn });
    for (const session of restored) sessions.#take(session);
    const last = await readFile(sessions.#currentFile, 'utf8').catch(() => '');
    sessions.#current = sessions.#sessions.has(last) ? last : (restored.at(-1)?.id ?? null);
    return sessions;
  }

  list(): SessionSnapshot[] {
    return [...this.#sessions.values()].map((session) => session.snapshot());
  }

  current(): string | null {
    return this.#current;
  }

  use(id: string): SessionSnapshot {
    const snapshot = this.of(id).snapshot();
    this.#become(id);
    return snapshot;
  }

  async start(
    labId: string,
    step: string | null,
    progress?: Progress,
    engine: ClusterEngine = 'small',
  ): Promise<SessionSnapshot> {
    const lab = withEngine(this.#options.labOf(labId), engine);
    const { limit } = this.#options;
    if (this.#closed) throw daemonEnds();
    if (this.#sessions.size + this.#starting >= limit) {
      throw new HoplabError('session-limit', `there are ${limit} sessions; stop one first`, { limit });
    }
    this.#starting += 1;
    try {
      await this.#mustSupport(lab);
    } finally {
      this.#starting -= 1;
    }
    // At once: it has been one that starts, and is one of the sessions.
    const session = await this.#newSession(lab, engine);
    try {
      const snapshot = await session.enter(step ?? session.snapshot().step, 'start', progress);
      // The current session stays current when a program starts another.
      if (this.#current === null) this.#become(session.id);
      return snapshot;
    } catch (error) {
      await this.#end(session);
      throw error;
    }
  }

  /** In the map and in its journal, without a machine yet. */
  async #newSession(lab: Lab, engine: ClusterEngine): Promise<Session> {
    const id = this.#freeId();
    // Sessions keep their order over restarts, also where the clock was set back.
    const startedAt = Math.max(Date.now(), ...this.list().map((one) => one.startedAt + 1));
    const journal = Journal.at(this.#options.directory, id, this.#options.warn);
    const progress = newProgress(lab.steps[0]?.id ?? '');
    const session = new Session({
      ...{ id, lab, startedAt, journal, progress },
      log: new EventLog(journal, progress),
      make: () => this.#makeMachine(id, lab),
      labNow: () => withEngine(this.#options.labOf(lab.id), engine),
    });
    this.#take(session);
    try {
      await journal.append([{ kind: 'session', id, lab: lab.id, startedAt, engine }]);
    } catch (error) {
      await this.#end(session);
      throw error;
    }
    return session;
  }

  get(id: string): SessionSnapshot {
    return this.of(id).snapshot();
  }

  async stop(id: string): Promise<void> {
    await this.#end(this.of(id));
  }

  async #end(session: Session): Promise<void> {
    await session.stop().finally(() => this.#sessions.delete(session.id));
    if (this.#sessions.size === 0) await this.#options.machines.rest();
    if (this.#current === session.id) this.#become([...this.#sessions.keys()].at(-1) ?? null);
  }

  #become(id: string | null): void {
    this.#current = id;
    void writeFile(this.#currentFile, id ?? '', { mode: 0o600 }).catch(() => {});
  }

  get #currentFile(): string {
    return join(this.#options.directory, '..', 'current');
  }

  /** The daemon ends. Resolves when no session does anything any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
    await this.#learned.written();
  }

  learned(lab: string): string[] {
    return this.#learned.of(lab);
  }

  #take(session: Session): void {
    this.#sessions.set(session.id, session);
    const { steps, lastEvent } = session.snapshot();
    for (const { id, doneAt, shown } of steps)
      if (doneAt !== null && !shown) this.#learned.note(session.lab.id, id);
    session.hear(lastEvent, ({ event }) => {
      if (event.type === 'step-done' && event.by === undefined)
        this.#learned.note(session.lab.id, event.step);
    });
  }

  of(id: string): Session {
    const session = this.#sessions.get(id);
    if (session) return session;
    const known = [...this.#sessions.keys()];
    throw new HoplabError('session-not-found', `there is no session ${id}${suggestion(id, known)}`, {
      session: id,
      known,
    });
  }

  /** A session has several machines in its life: each has an id of its own. */
  async #makeMachine(session: string, lab: Lab): Promise<Machine> {
    await this.#mustSupport(lab);
    this.#made += 1;
    return this.#options.machines.create(`${session}-${Date.now().toString(36)}${this.#made}`, lab.machine);
  }

  /** Asked once a lab: the VM does not start again without the daemon, and it keeps its features. */
  async #mustSupport(lab: Lab): Promise<void> {
    if (this.#supported.has(lab)) return;
    await mustSupport(this.#options.machines, lab);
    this.#supported.add(lab);
  }

  /** Short, easy to type, never one that is taken. */
  #freeId(): string {
    for (;;) {
      const id = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
      if (!this.#sessions.has(id)) return id;
    }
  }
}

/** Without letters and digits that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
