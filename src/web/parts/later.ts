import { type ComponentType, lazy } from 'react';

const firstWait = 200;
const longestWait = 3000;
const tries = 30;

/**
 * A part of the page that is loaded when it is first rendered, also when the daemon cannot be reached just
 * then.
 */
// biome-ignore lint/suspicious/noExplicitAny: whatever properties it has.
export function later<T extends ComponentType<any>>(load: () => Promise<{ default: T }>) {
  return lazy(async () => {
    let wait = firstWait;
    for (let left = tries - 1; left > 0; left -= 1) {
      try {
        return await load();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, longestWait);
      }
    }
    return load();
  });
}
