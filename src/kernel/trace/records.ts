import { Malformed } from '../exec/untrusted.ts';

/** A netlink message is the longest that the watcher hands on: it asks for at most 128 KiB. */
const longestRecord = 160 * 1024;

/** Of a whole trace: the watcher reports frames up to 8 MiB, rules twice. */
const mostBytes = 64 * 1024 * 1024;
const mostRecords = 500_000;

const headerSize = 4;

/** Cuts the watcher's output into its records: `u32 length, bytes`. Reads every byte once, in any pieces. */
export class Records {
  readonly #header = Buffer.alloc(headerSize);
  #target: Buffer = this.#header;
  #filled = 0;
  #bytes = 0;
  #records = 0;

  /** What came before is none of what counts for the limits. */
  forget(): void {
    this.#bytes = 0;
    this.#records = 0;
  }

  /** @throws Malformed where a record, or all of them together, are larger than a trace's */
  *take(data: Uint8Array): Generator<Uint8Array> {
    this.#bytes += data.length;
    if (this.#bytes > mostBytes) throw new Malformed(`more than ${mostBytes} bytes`);
    for (let at = 0; at < data.length; ) {
      const part = data.subarray(at, at + this.#target.length - this.#filled);
      this.#target.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#target.length) return;
      const done = this.#target;
      this.#filled = 0;
      if (done === this.#header) this.#target = Buffer.alloc(this.#size());
      else {
        this.#target = this.#header;
        yield done;
      }
    }
  }

  #size(): number {
    const size = this.#header.readUInt32LE();
    if (size === 0 || size > longestRecord) throw new Malformed(`a record of ${size} bytes`);
    this.#records += 1;
    if (this.#records > mostRecords) throw new Malformed(`more than ${mostRecords} records`);
    return size;
  }
}
