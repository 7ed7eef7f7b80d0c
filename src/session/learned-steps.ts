import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The steps ever done, per lab; outlives sessions. One line of JSON each, appended. */
export class LearnedSteps {
  readonly #file: string;
  readonly #steps = new Map<string, Set<string>>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  static async open(file: string): Promise<LearnedSteps> {
    const learned = new LearnedSteps(file);
    const source = await readFile(file, 'utf8').catch(() => '');
    // The last line may be cut off where a daemon was killed.
    for (const line of source.split('\n').slice(0, -1)) {
      const read = /^\{"lab":"([^"]+)","step":"([^"]+)"\}$/.exec(line);
      if (read) learned.#take(read[1] ?? '', read[2] ?? '');
    }
    if (source !== '' && !source.endsWith('\n')) await appendFile(file, '\n');
    return learned;
  }

  of(lab: string): string[] {
    return [...(this.#steps.get(lab) ?? [])];
  }

  note(lab: string, step: string): void {
    if (!this.#take(lab, step)) return;
    const line = `${JSON.stringify({ lab, step })}\n`;
    this.#writing = this.#writing
      .then(() => mkdir(dirname(this.#file), { recursive: true, mode: 0o700 }))
      .then(() => appendFile(this.#file, line, { mode: 0o600 }))
      // A full disk must not stop a lab.
      .catch(() => {});
  }

  /** Resolves when the notes so far are with the kernel. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** False where it was known. */
  #take(lab: string, step: string): boolean {
    const steps = this.#steps.get(lab) ?? new Set();
    this.#steps.set(lab, steps);
    const known = steps.size;
    return steps.add(step).size > known;
  }
}
