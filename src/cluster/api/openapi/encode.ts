/** Writes protobuf: fields of a message one after the other. */
export class Message {
  readonly #parts: Buffer[] = [];

  text(number: number, value: string | undefined): this {
    return value === undefined || value === '' ? this : this.bytes(number, Buffer.from(value));
  }

  texts(number: number, values: readonly string[]): this {
    for (const value of values) this.text(number, value);
    return this;
  }

  message(number: number, value: Message | undefined): this {
    return value === undefined ? this : this.bytes(number, value.encoded());
  }

  bytes(number: number, value: Uint8Array): this {
    this.#parts.push(varint(number * 8 + 2), varint(value.length), Buffer.from(value));
    return this;
  }

  encoded(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
