import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { Place } from '../../core/picture/place.ts';
import type { KeptPicture } from './use-kept.ts';

/** From here on all words of a card can be read. */
const readable = 0.8;

/** Brings what a search is at into the middle; hosts that are collapsed are shown first, where that is wanted. */
export function useHit(
  at: string | null,
  shown: (id: string) => string,
  places: ReadonlyMap<string, Place>,
  opened: boolean,
  kept: KeptPicture,
): void {
  const { setCenter, getZoom } = useReactFlow();
  const stack = at === null ? null : shown(at);
  const place = places.get(stack ?? '');
  const [x, y] = [place?.x, place?.y];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a card that is moved by hand is not followed.
  useEffect(() => {
    if (stack === null || x === undefined || y === undefined) return;
    if (opened && stack !== at) {
      kept.fold({ [stack.slice('stack '.length)]: false });
      return;
    }
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const zoom = Math.max(readable, getZoom());
    void setCenter(x + 120, y + 50, { zoom, duration: still ? 0 : 250 });
  }, [at, stack, opened]);
}
