/** More different messages than this are not kept. */
const most = 512;

/** Reads the same bytes once: a hundred nodes have the same rules and settings, and have them at the next look. */
export function once<T>(read: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T {
  const known = new Map<string, T>();
  return (bytes) => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = read(bytes);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
