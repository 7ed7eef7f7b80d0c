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

/**
 * What is read next is read into the same bytes: a new buffer for each file is malloc's until V8 collects, and
 * hundreds of them a second leave a heap of holes.
 */
let read = Buffer.allocUnsafeSlow(1 << 14);

/** A file of /proc gives a page at a time. */
function readUpTo(fd: number, most: number): string {
  let length = 0;
  while (length < most) {
    if (length === read.length) read = Buffer.concat([read], 2 * length);
    const size = readSync(fd, read, length, Math.min(most, read.length) - length, null);
    if (size === 0) break;
    length += size;
  }
  return read.toString('utf8', 0, length);
}

/** Null where it is not there, or a link. */
export function openedAt(path: string, flags: number): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | flags);
  } catch {
    return null;
  }
}
