import { Duplex } from 'node:stream';
import { control, controlFrame, dataFrame, type Frame, fin, framesIn, words } from './frames.ts';
import { HeaderReader, HeaderWriter } from './headers.ts';

/** Why a stream is reset (RST_STREAM): it is unknown, or its other end has left. */
const status = { invalidStream: 2, cancel: 5 };

/** Bytes of a stream that wait to be read while those of other streams still come. */
const waiting = 1 << 20;

/** A stream that the client has begun. What it writes is read here, and the other way about. */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly #send: (frame: Buffer) => Promise<void>;
  /** Resolves when more may come. */
  #drained: (() => void) | null = null;

  constructor(id: number, headers: ReadonlyMap<string, string>, send: (frame: Buffer) => Promise<void>) {
    super();
    this.id = id;
    this.headers = headers;
    this.#send = send;
    this.on('error', () => {
      // The client has left; whoever reads or writes is told by the end.
    });
  }

  override _read(): void {
    this.#drained?.();
    this.#drained = null;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    void this.#send(dataFrame(this.id, chunk, false)).then(done);
  }

  override _final(done: () => void): void {
    void this.#send(dataFrame(this.id, Buffer.alloc(0), true)).then(done);
  }

  /** Takes data of the client; resolves when more may come. */
  async receive(data: Buffer, last: boolean): Promise<void> {
    if (this.destroyed || this.readableEnded) return;
    if (data.length > 0) this.push(data);
    if (last) this.push(null);
    else if (this.readableLength > waiting)
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        this.once('close', resolve);
      });
  }
}

/**
 * The server's end of a connection by SPDY/3.1, as kubectl uses it for exec, attach and port-forward: the client
 * begins all streams. Neither it nor moby/spdystream limits what is on its way, so windows are not kept.
 */
export class SpdyConnection {
  readonly #transport: Duplex;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #reader = new HeaderReader();
  readonly #writer = new HeaderWriter();
  readonly #begun: (stream: SpdyStream) => void;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;

  constructor(transport: Duplex, begun: (stream: SpdyStream) => void) {
    this.#transport = transport;
    this.#begun = begun;
    transport.on('error', () => transport.destroy());
    this.closed = this.#serve();
  }

  /** Says that no stream is served any more, and leaves. */
  close(): void {
    if (this.#transport.writable) this.#transport.end(controlFrame(control.goAway, 0, words(0, 0)));
  }

  async #serve(): Promise<void> {
    try {
      for await (const frame of framesIn(this.#transport)) await this.#take(frame);
    } catch {
      // Cut off, or no SPDY: there is nobody to tell.
    } finally {
      this.#transport.destroy();
      for (const stream of this.#streams.values()) stream.destroy();
      this.#reader.close();
      this.#writer.close();
    }
  }

  async #take(frame: Frame): Promise<void> {
    if (frame.kind === 'data') {
      const stream = this.#streams.get(frame.stream);
      if (stream === undefined) await this.#reset(frame.stream, status.invalidStream);
      else await stream.receive(frame.data, frame.last);
    } else if (frame.type === control.synStream) await this.#begin(frame.flags, frame.body);
    else if (frame.type === control.ping) await this.#send(controlFrame(control.ping, 0, frame.body));
    else if (frame.type === control.rstStream) this.#streams.get(frame.body.readUInt32BE(0))?.destroy();
    else if (frame.type === control.headers) await this.#reader.read(frame.body.subarray(4));
  }

  async #begin(flags: number, body: Buffer): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = await this.#reader.read(body.subarray(10));
    const stream = new SpdyStream(id, headers, (bytes) => this.#send(bytes));
    this.#streams.set(id, stream);
    stream.once('close', () => {
      this.#streams.delete(id);
      if (!stream.writableFinished) void this.#reset(id, status.cancel);
    });
    await this.#send(
      controlFrame(control.synReply, 0, Buffer.concat([words(id), await this.#writer.none()])),
    );
    if ((flags & fin) !== 0) await stream.receive(Buffer.alloc(0), true);
    this.#begun(stream);
  }

  #reset(id: number, why: number): Promise<void> {
    return this.#send(controlFrame(control.rstStream, 0, words(id, why)));
  }

  #send(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#transport.writable) this.#transport.write(bytes, () => resolve());
      else resolve();
    });
  }
}
