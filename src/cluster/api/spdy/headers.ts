import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { dictionary } from './dictionary.ts';
import { words } from './frames.ts';

/** Bytes that the headers of one stream may have. */
const longest = 1 << 16;

/** Reads blocks of headers in the order in which they came: all of a connection are one compressed stream. */
export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH });
  #parts: Buffer[] = [];

  constructor() {
    this.#inflate.on('data', (part: Buffer) => this.#parts.push(part));
  }

  async read(block: Uint8Array): Promise<Map<string, string>> {
    this.#parts = [];
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject);
      this.#inflate.write(block, (error) => (error ? reject(error) : resolve()));
    });
    return pairsIn(Buffer.concat(this.#parts));
  }

  close(): void {
    this.#inflate.destroy();
  }
}

/** Writes blocks without a header: the API's answers to new streams have none. */
export class HeaderWriter {
  readonly #deflate: Deflate = createDeflate({ dictionary });
  #parts: Buffer[] = [];

  constructor() {
    this.#deflate.on('data', (part: Buffer) => this.#parts.push(part));
  }

  async none(): Promise<Buffer> {
    this.#parts = [];
    this.#deflate.write(words(0));
    await new Promise<void>((resolve) => this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    return Buffer.concat(this.#parts);
  }

  close(): void {
    this.#deflate.destroy();
  }
}

function pairsIn(bytes: Buffer): Map<string, string> {
  if (bytes.length > longest) throw new Error(`headers of ${bytes.length} bytes`);
  let at = 0;
  const next = () => {
    const end = at + 4 + bytes.readUInt32BE(at);
    const text = bytes.toString('utf8', at + 4, end);
    at = end;
    return text;
  };
  const count = bytes.readUInt32BE(0);
  at = 4;
  const pairs = new Map<string, string>();
  for (let n = 0; n < count; n += 1) pairs.set(next().toLowerCase(), next());
  return pairs;
}
