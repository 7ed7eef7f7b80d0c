import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The beginning of a plain file: neither a FIFO, which would block, nor the target of a link. */
export function readPlain(path: string, most = 4096): string | null {
  const fd = openedAt(path, constants.O_NONBLOCK);
  if (fd === null) return null;
  try {
    return fstatSync(fd).isFile() ? readUpTo(fd, most) : null;
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}

/** A file of /proc gives a page at a time. */
function readUpTo(fd: number, most: number): string {
  const chunks: Buffer[] = [];
  for (let left = most; left > 0; ) {
    const buffer = Buffer.alloc(Math.min(left, 1 << 14));
    const size = readSync(fd, buffer, 0, buffer.length, null);
    if (size === 0) break;
    chunks.push(buffer.subarray(0, size));
    left -= size;
  }
  return Buffer.concat(chunks).toString();
}

/** Null where it is not there, or a link. */
export function openedAt(path: string, flags: number): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | flags);
  } catch {
    return null;
  }
}
