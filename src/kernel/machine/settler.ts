import { python } from '../exec/python.ts';
import { type Started, start } from '../exec/start.ts';
import type { Setting } from './settings.ts';

/** Milliseconds after which nothing waits any more: callers then see the settings that the machine has. */
const longest = 1000;

/** One process for all machines that gives the namespaces learners make the machines' own settings (py/hoplab_kernel/settle). */
export class Settler {
  readonly #process: Started;
  readonly #waiting = new Map<number, (() => void)[]>();
  #ended = false;
  #asked = false;
  #rest = '';

  /** `ended`: it has ended by itself. */
  constructor(settings: readonly Setting[], ended: () => void) {
    const words = settings.map(({ name, own, inherited }) => `${name}=${own}=${inherited}`);
    this.#process = start(python('settle', ...words));
    this.#process.stdout.on('data', (data) => this.#take(String(data)));
    this.#process.stderr.resume();
    this.#process.unref();
    void this.#process.ended.then(() => {
      if (!this.#asked) ended();
      this.#over();
    });
  }

  /** False once it has ended by itself: another one is due. */
  get alive(): boolean {
    return !this.#ended;
  }

  add(pid: number): void {
    this.#say('add', pid);
  }

  remove(pid: number): void {
    this.#say('remove', pid);
  }

  /** Resolves when every namespace whose name is there now has its settings. */
  settled(pid: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(pid, [...(this.#waiting.get(pid) ?? []), done]);
      this.#say('settle', pid);
    });
  }

  end(): void {
    this.#asked = true;
    this.#process.stdin.end();
  }

  #say(order: string, pid: number): void {
    if (!this.#ended) this.#process.stdin.write(`${order} ${pid}\n`);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const pid = Number(line.replace('settled ', ''));
      this.#waiting.get(pid)?.shift()?.();
    }
  }

  #over(): void {
    this.#ended = true;
    for (const done of [...this.#waiting.values()].flat()) done();
    this.#waiting.clear();
  }
}
