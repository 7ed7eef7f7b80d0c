import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Place } from '../../core/picture/place.ts';

/**
 * On a phone, part of it that can be read is better than all of it that cannot. At the sides there is room for cables
 * that turn back, and at the right for the buttons beside them.
 */
export const fitting = () => ({
  padding: { y: 0.06, left: '36px', right: '76px' } as const,
  maxZoom: 1.1,
  minZoom: matchMedia('(max-width: 640px)').matches ? 0.5 : 0.15,
});

interface Sized {
  id: string;
  position: { x: number; y: number };
  width?: number;
  height?: number;
}

/** All of it in view, whenever it is laid out anew or the room for it changes, unless one place of it is looked at. */
export function useFitted(
  all: readonly Sized[],
  laid: ReadonlyMap<string, Place>,
  services: number,
  isHeld: boolean,
): void {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  const now = useRef({ all, isHeld });
  (now as { current: typeof now.current }).current = { all, isHeld };
  const before = useRef<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout is the reason to fit again.
  useEffect(() => {
    const { domNode } = store.getState();
    if (domNode === null) return;
    // Only where most of it was there: one's eyes follow what moves.
    const ids = now.current.all.map(({ id }) => id);
    const isSame = ids.filter((id) => before.current.has(id)).length > ids.length / 2;
    (before as { current: typeof before.current }).current = new Set(ids);
    let duration = isSame && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 250 : 0;
    let frame = 0;
    const sizes = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const { clientWidth, clientHeight } = domNode;
        if (now.current.isHeld || clientWidth === 0) return;
        const { padding, minZoom, maxZoom } = fitting();
        const bounds = boundsOf(now.current.all);
        const view = getViewportForBounds(bounds, clientWidth, clientHeight, minZoom, maxZoom, padding);
        void setViewport(view, { duration, interpolate: 'linear' });
        duration = 0;
      });
    });
    sizes.observe(domNode);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    };
  }, [laid, services, store, setViewport]);
}

function boundsOf(all: readonly Sized[]) {
  const x = Math.min(...all.map(({ position }) => position.x));
  const y = Math.min(...all.map(({ position }) => position.y));
  const right = Math.max(...all.map(({ position, width = 0 }) => position.x + width));
  const bottom = Math.max(...all.map(({ position, height = 0 }) => position.y + height));
  return { x, y, width: right - x, height: bottom - y };
}
