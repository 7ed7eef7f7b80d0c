/** A frame of a trace's pcapng file: where it was seen, and of which packet of the probe it is. */
export interface Frame {
  node: string;
  link: string;
  way: 'in' | 'out';
  /** Its packet's number; null for a frame that is not the probe's own. */
  packet: number | null;
  bytes: Uint8Array;
}

const type = { interface: 1, packet: 6 };
const option = { comment: 1, name: 2, flags: 2 };

/** The frames of a file that the daemon wrote (draft-ietf-opsawg-pcapng): little-endian, a name for each interface. */
export function framesOf(base64: string): Frame[] {
  const file = bytesOf(base64);
  const view = new DataView(file.buffer);
  const names: string[] = [];
  const frames: Frame[] = [];
  for (let at = 0; at + 12 <= file.length; at += view.getUint32(at + 4, true)) {
    const kind = view.getUint32(at, true);
    const end = at + view.getUint32(at + 4, true) - 4;
    if (kind === type.interface) {
      names.push(text(options(view, at + 16, end).get(option.name)));
    } else if (kind === type.packet) {
      const length = view.getUint32(at + 20, true);
      const bytes = file.subarray(at + 28, at + 28 + length);
      const found = options(view, at + 28 + Math.ceil(length / 4) * 4, end);
      const [node = '', link = ''] = (names[view.getUint32(at + 8, true)] ?? '').split(':');
      const flags = found.get(option.flags)?.[0] ?? 0;
      const number = /^packet (\d+) of the probe/.exec(text(found.get(option.comment)))?.[1];
      frames.push({
        ...{ node, link, bytes },
        way: (flags & 3) === 2 ? 'out' : 'in',
        packet: number === undefined ? null : Number(number),
      });
    }
  }
  return frames;
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function options(view: DataView, from: number, end: number): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = from; at + 4 <= end; ) {
    const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (code === 0) break;
    found.set(code, new Uint8Array(view.buffer, at + 4, length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
