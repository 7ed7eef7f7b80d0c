import { useEffect, useState } from 'react';
import type { Store } from '../store/store.ts';

/** Milliseconds. */
const frame = 16;

/**
 * As `useStore`, but at most once a frame: a burst is drawn as often as it can be seen. By a timer, because a call
 * before the next frame makes the browser draw that frame, and what is set in it comes one later.
 */
export function usePaced<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get);
  useEffect(() => {
    let timer = 0;
    const take = () => {
      timer = 0;
      setValue(store.get());
    };
    const unfollow = store.subscribe(() => {
      if (timer === 0) timer = window.setTimeout(take, frame);
    });
    take();
    return () => {
      clearTimeout(timer);
      unfollow();
    };
  }, [store]);
  return value;
}
