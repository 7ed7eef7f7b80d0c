import { readFile } from 'node:fs/promises';
import { type ChangeKind, changeKinds } from '../../core/check/changes.ts';
import type { MachineWatch, WatchTold } from '../../core/ports.ts';
import { type Started, start } from '../exec/start.ts';
import { joining } from '../machine/enter.ts';

const program = (
  await Promise.all(
    ['../netlink.py', './netlink.py', './events.py', './watch.py'].map((file) =>
      readFile(new URL(file, import.meta.url), 'utf8'),
    ),
  )
).join('\n');

/** No line of the watching process is longer. */
const longestLine = 4096;

/**
 * One process that hears of every change in a machine (watch.py). It has the rights of the machine's root and no
 * others; its words are taken for no more than the kinds there are.
 */
export class Watch implements MachineWatch {
  readonly ready: Promise<boolean>;
  readonly #process: Started;
  readonly #told: WatchTold;
  #ended = false;
  #rest = '';
  #armed: () => void = () => {};
  #looking: ((kinds: ChangeKind[]) => void)[] = [];

  /** @param pid the machine's pid 1 */
  constructor(pid: number, told: WatchTold) {
    this.#told = told;
    this.#process = start(joining(pid, program));
    const armed = new Promise<true>((resolve) => {
      this.#armed = () => resolve(true);
    });
    this.ready = Promise.race([armed, this.#process.ended.then(() => false)]);
    this.#process.stdout.on('data', (data: Buffer) => this.#take(data.toString('latin1')));
    this.#process.stderr.resume();
    void this.#process.ended.then(() => this.#over());
  }

  look(): Promise<ChangeKind[]> {
    if (this.#ended) return Promise.resolve([]);
    this.#process.stdin.write('look\n');
    return new Promise((resolve) => this.#looking.push(resolve));
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#process.kill('SIGKILL');
    await this.#process.ended;
  }

  #over(): void {
    const asked = !this.#ended;
    this.#ended = true;
    for (const answer of this.#looking.splice(0)) answer([]);
    if (asked) this.#told.ended();
  }

  #take(text: string): void {
    const lines = (this.#rest + text).slice(-longestLine).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#ended) return;
    for (const line of lines) this.#hear(line.split(' '));
  }

  #hear([word, ...rest]: string[]): void {
    const kinds = changeKinds.filter((kind) => rest.includes(kind));
    if (word === 'ready') this.#armed();
    else if (word === 'stale') this.#told.stale();
    else if (word === 'looked') this.#looking.shift()?.(kinds);
    else if (word === 'changed' && kinds.length > 0) this.#told.changed(kinds);
  }
}
