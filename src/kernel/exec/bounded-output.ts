import type { Output } from './launch.ts';

/** The beginning of a program's output. Its cost grows with the bytes, not with the pieces they come in. */
export class BoundedOutput {
  readonly #most: number;
  #bytes = Buffer.alloc(0);
  #length = 0;
  #more = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** More came than is kept. */
  get more(): boolean {
    return this.#more;
  }

  get text(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }

  begins(text: string): boolean {
    return this.#length >= text.length && this.#bytes.toString('latin1', 0, text.length) === text;
  }

  ends(text: string): boolean {
    const from = this.#length - text.length;
    return from >= 0 && this.#bytes.toString('latin1', from, this.#length) === text;
  }

  add(data: Uint8Array): void {
    const room = Math.min(data.length, this.#most - this.#length);
    this.#more ||= room < data.length;
    if (room === 0) return;
    if (this.#length + room > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.#most, 2 * (this.#length + room)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(data.subarray(0, room), this.#length);
    this.#length += room;
  }
}

/** Reads a stream to its end, and keeps its beginning. `grown` hears of every piece that is kept. */
export function keep(
  stream: Output,
  most: number,
  grown: (kept: BoundedOutput) => void = () => {},
): BoundedOutput {
  const kept = new BoundedOutput(most);
  stream.on('data', (data: Buffer) => {
    if (kept.more) return;
    kept.add(data);
    grown(kept);
  });
  return kept;
}
