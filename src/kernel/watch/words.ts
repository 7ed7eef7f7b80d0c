import { type ChangeKind, changeKinds } from '../../core/check/changes.ts';
import { Lines, Malformed } from '../exec/untrusted.ts';

interface Heard {
  ready(): void;
  changed(kinds: ChangeKind[]): void;
  stale(): void;
  looked(kinds: ChangeKind[]): void;
}

/** All kinds in one line are shorter. */
const longestLine = 1024;

/** Milliseconds between two reports: changes in between are reported together. */
const pause = 50;

/** Lines a second that a watch can have to say; it rests between them itself. */
const mostLines = 1000;

/** The lines of the watching process (py/hoplab_kernel/watch), reported at a limited rate. */
export class Words {
  readonly #heard: Heard;
  readonly #lines = new Lines(longestLine);
  readonly #changed = new Set<ChangeKind>();
  #stale = false;
  #timer: NodeJS.Timeout | null = null;
  #second = 0;
  #count = 0;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  /** @throws Malformed for a line that no watch prints, and for too many lines */
  take(data: Uint8Array): void {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    const lines = this.#lines.take(data);
    this.#count += lines.length;
    if (this.#count > mostLines) throw new Malformed(`more than ${mostLines} lines a second`);
    for (const line of lines) this.#hear(line);
  }

  /** Drops the reports that still wait. */
  end(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#changed.clear();
    this.#stale = false;
  }

  #hear(line: string): void {
    const [word, ...rest] = line.split(' ');
    const kinds = changeKinds.filter((kind) => rest.includes(kind));
    const sound = new Set(rest).size === kinds.length;
    if (line === 'ready') this.#heard.ready();
    else if (word === 'looked' && sound) {
      // Changes from before the look are reported before its result.
      this.#tell();
      this.#heard.looked(kinds);
    } else if (word === 'changed' && sound && kinds.length > 0) {
      for (const kind of kinds) this.#changed.add(kind);
      this.#soon();
    } else if (line === 'stale') {
      this.#stale = true;
      this.#soon();
    } else throw new Malformed('none of the words of a watch');
  }

  #soon(): void {
    if (this.#timer !== null) return;
    this.#tell();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#changed.size > 0 || this.#stale) this.#soon();
    }, pause).unref();
  }

  #tell(): void {
    const kinds = [...this.#changed];
    const stale = this.#stale;
    this.#changed.clear();
    this.#stale = false;
    if (kinds.length > 0) this.#heard.changed(kinds);
    if (stale) this.#heard.stale();
  }
}
