import { badRequest } from '../request/errors.ts';
import type { Fields } from '../values.ts';
import { fieldsOf, type Type } from './types.ts';

/**
 * Reads the bodies that kubectl sends since 1.32 where it has a type of its own (create, cordon, certificate approve):
 * `k8s\0` and a runtime.Unknown around the object. Answers are JSON, which it accepts as well.
 */
export function fromProtobuf(body: Uint8Array): Fields {
  if (body.length < 4 || Buffer.from(body.subarray(0, 4)).toString('latin1') !== 'k8s\0') {
    throw badRequest(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  const unknown = parts(body.subarray(4));
  const typeMeta = parts(bytes(unknown.get(1)));
  const apiVersion = text(typeMeta.get(1));
  const kind = text(typeMeta.get(2));
  return { apiVersion, kind, ...message(kind, [bytes(unknown.get(2))]) };
}

type Part = Uint8Array | bigint;

/** Field number -> the parts sent for it, in order. */
function parts(data: Uint8Array): Map<number, Part[]> {
  const found = new Map<number, Part[]>();
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = data[offset];
      if (byte === undefined) throw badRequest('unexpected EOF');
      offset += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    if (offset + length > data.length) throw badRequest('unexpected EOF');
    offset += length;
    return data.subarray(offset - length, offset);
  };
  while (offset < data.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    const wire = tag & 7;
    let value: Part;
    if (wire === 0) value = varint();
    else if (wire === 1) value = take(8);
    else if (wire === 2) value = take(Number(varint()));
    else if (wire === 5) value = take(4);
    else throw badRequest(`proto: illegal wireType ${wire}`);
    found.set(number, [...(found.get(number) ?? []), value]);
  }
  return found;
}

/** `messages` are the parts of one message, which may lie in several pieces. */
function message(name: string, messages: Uint8Array[]): Fields {
  const found = merged(messages);
  const inner = new Map<number, Map<number, Part[]>>();
  const result: Fields = {};
  for (const [field, { type, number, required }] of fieldsOf(name)) {
    if (number === undefined) continue;
    const sent = at(found, number.split('.').map(Number), inner);
    if (sent === undefined) continue;
    const decoded = value(type, sent);
    if (required || !isZero(type, decoded)) result[field] = decoded;
  }
  return result;
}

/** A value that Go sends for a field that was not set, and that JSON leaves out. */
function isZero(type: Type, decoded: unknown): boolean {
  if (type.is !== 'scalar' || type.pointer) return false;
  return decoded === '' || decoded === 0 || decoded === false || decoded === null;
}

function merged(messages: Uint8Array[]): Map<number, Part[]> {
  return parts(messages.length === 1 ? bytes(messages) : Buffer.concat(messages));
}

function at(
  found: Map<number, Part[]>,
  path: number[],
  inner: Map<number, Map<number, Part[]>>,
): Part[] | undefined {
  const [first = 0, ...rest] = path;
  const sent = found.get(first);
  if (rest.length === 0 || sent === undefined) return sent;
  const inside = inner.get(first) ?? merged(sent.filter((part) => typeof part !== 'bigint'));
  inner.set(first, inside);
  return at(inside, rest, new Map());
}

function value(type: Type, sent: Part[]): unknown {
  switch (type.is) {
    case 'list':
      return sent.map((part) => value(type.of, [part]));
    case 'map':
      return Object.fromEntries(
        sent.map((part) => {
          const entry = parts(bytes([part]));
          return [text(entry.get(1)), value(type.of, entry.get(2) ?? [new Uint8Array()])];
        }),
      );
    case 'struct':
      return message(type.name, [bytes(sent)]);
    case 'scalar':
      return scalar(type.name, sent);
  }
}

function scalar(name: string, sent: Part[]): unknown {
  const inside = () => parts(bytes(sent));
  switch (name) {
    case 'bool':
      return sent.at(-1) === 1n;
    case 'int32':
    case 'int64':
      return integer(sent);
    case 'bytes':
      return Buffer.from(bytes(sent)).toString('base64');
    case 'quantity':
      return text(inside().get(1));
    case 'time':
    case 'microtime':
      return time(inside());
    case 'intstr': {
      const found = inside();
      return integer(found.get(1)) === 1 ? text(found.get(3)) : integer(found.get(2));
    }
    case 'any':
      return JSON.parse(text(inside().get(1)) || 'null');
    default:
      return text(sent);
  }
}

function time(found: Map<number, Part[]>): string | null {
  const seconds = integer(found.get(1));
  // Go's zero time: a time that was not set.
  if (seconds <= 0) return null;
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function integer(sent: Part[] | undefined): number {
  const last = sent?.at(-1);
  return typeof last === 'bigint' ? Number(BigInt.asIntN(64, last)) : 0;
}

function bytes(sent: Part[] | undefined): Uint8Array {
  const last = sent?.at(-1);
  return last === undefined || typeof last === 'bigint' ? new Uint8Array() : last;
}

function text(sent: Part[] | undefined): string {
  return Buffer.from(bytes(sent)).toString('utf8');
}
