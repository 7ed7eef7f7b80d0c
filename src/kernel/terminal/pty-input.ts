import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks at a terminal that takes no input: at first, and at most. */
const soonest = 1;
const latest = 64;

/**
 * Input of a pseudo-terminal, in order, as far as its program reads. Written through the stream that reads it, libuv
 * would try again and again without a pause, and everything else in the daemon would wait for that program (uv_write
 * on a terminal that it cannot open a second time is a blocking write).
 * @param closed whether the descriptor is closed, and its number perhaps another file's.
 */
export function createPtyInput(
  fd: number,
  closed: () => boolean,
): (data: Uint8Array) => Promise<void> | undefined {
  let pending: Promise<void> | undefined;

  /** What the terminal does not take now. */
  function rest(data: Uint8Array): Uint8Array {
    let left = data;
    while (left.length > 0 && !closed()) {
      try {
        left = left.subarray(writeSync(fd, left));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return left.subarray(left.length);
        break;
      }
    }
    return left;
  }

  async function writeRest(before: Promise<void> | undefined, data: Uint8Array): Promise<void> {
    await before;
    let wait = soonest;
    for (let left = rest(data); left.length > 0 && !closed(); ) {
      await sleep(wait);
      const now = rest(left);
      wait = now.length < left.length ? soonest : Math.min(2 * wait, latest);
      left = now;
    }
  }

  return (data) => {
    const left = pending === undefined ? rest(data) : data;
    if (left.length === 0) return undefined;
    const mine = writeRest(pending, left).finally(() => {
      if (pending === mine) pending = undefined;
    });
    pending = mine;
    return mine;
  };
}
