import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

/** Nearer than this, cards have room for their routes and for all their badges. */
export const routesFrom = 0.5;

/**
 * What a card shows, from this zoom on: everything; no words that say the same elsewhere; addresses, and of its badges
 * those that fit in one row; only names.
 */
const levels = [
  ['all', 0.66],
  ['some', routesFrom],
  ['addresses', 0.41],
  ['names', 0],
] as const;

/**
 * Tells the style sheet how far the picture is away: no label gets smaller than 11 pixels, and what has no room
 * then is left out. Past React: every step of the wheel is another zoom.
 */
export function useDetail(): void {
  const store = useStoreApi();
  useEffect(() => {
    const show = () => {
      const { domNode, transform } = store.getState();
      const zoom = Math.floor(transform[2] * 100) / 100;
      const picture = domNode?.closest<HTMLElement>('.picture');
      if (!picture || picture.style.getPropertyValue('--zoom') === String(zoom)) return;
      picture.style.setProperty('--zoom', String(zoom));
      picture.dataset.detail = levels.find(([, from]) => zoom >= from)?.[0] ?? 'names';
    };
    show();
    return store.subscribe(show);
  }, [store]);
}
