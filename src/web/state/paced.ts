import { useEffect, useState } from 'react';
import type { Store } from '../store/store.ts';

/** As `useStore`, but at most once a frame: a burst is drawn as often as it can be seen. */
export function usePaced<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get);
  useEffect(() => {
    let frame = 0;
    const take = () => {
      frame = 0;
      setValue(store.get());
    };
    const unfollow = store.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(take);
    });
    take();
    return () => {
      cancelAnimationFrame(frame);
      unfollow();
    };
  }, [store]);
  return value;
}
