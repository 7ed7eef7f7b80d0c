import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Change, Store } from './store/store.ts';

/** Lines after which the journal is written anew from the state. */
const longest = 4000;

/** Every change as one line, written before any watch reports it: kill -9 loses no reported change. */
export class Journal {
  readonly #file: string;
  readonly #store: Store;
  #opened: number;
  #lines = 0;

  constructor(file: string, store: Store) {
    this.#file = file;
    this.#store = store;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (existsSync(file)) store.restore(changesIn(readFileSync(file, 'utf8')));
    this.#opened = this.#anew();
    store.keepIn((change) => this.#keep(change));
  }

  #keep(change: Change): void {
    appendFileSync(this.#opened, `${JSON.stringify(change)}\n`);
    this.#lines += 1;
    if (this.#lines < longest) return;
    closeSync(this.#opened);
    // After the change at hand has come into the state.
    setImmediate(() => {
      closeSync(this.#opened);
      this.#opened = this.#anew();
    });
    this.#opened = openSync(this.#file, 'a');
    this.#lines = 0;
  }

  #anew(): number {
    const lines = this.#store.everything().map((change) => `${JSON.stringify(change)}\n`);
    writeFileSync(`${this.#file}.new`, lines.join(''), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
    return openSync(this.#file, 'a');
  }
}

/** A last line without its end was never reported. */
function changesIn(text: string): Change[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
