import { getViewportForBounds, useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { around } from '../../core/picture/brief.ts';
import type { Place } from '../../core/picture/place.ts';
import type { Box } from '../../core/picture/size.ts';

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

/** Nearer than this, all words of a card are there (detail.ts). */
const whole = 0.66;

/**
 * All of it in view, whenever it is laid out anew or the room for it changes, unless one place of it is looked at.
 * Where a node is open beside it, that would leave its names alone: then the picture stays as near as it was, with
 * that node's element, `subject`, in view.
 */
export function useFitted(
  all: readonly Sized[],
  laid: ReadonlyMap<string, Place>,
  services: number,
  isHeld: boolean,
  subject: string | null,
): void {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  const now = useRef({ all, isHeld, subject });
  (now as { current: typeof now.current }).current = { all, isHeld, subject };
  const before = useRef<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout, or another node, is the reason to fit again.
  useEffect(() => {
    const { domNode } = store.getState();
    if (domNode === null) return;
    let isFirst = true;
    let frame = 0;
    const sizes = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const { clientWidth, clientHeight } = domNode;
        const { all, isHeld, subject } = now.current;
        if (isHeld || clientWidth === 0) return;
        const { padding, minZoom, maxZoom } = fitting();
        const boxes = all.map(boxOf);
        const fit = getViewportForBounds(around(boxes), clientWidth, clientHeight, minZoom, maxZoom, padding);
        const shown = boxes.find(({ id }) => id === subject);
        const [x, y, zoom] = store.getState().transform;
        const view =
          shown === undefined || fit.zoom >= Math.min(zoom, whole)
            ? fit
            : holding(shown, { x, y, zoom }, clientWidth, clientHeight);
        // Only where most of it was there: one's eyes follow what moves.
        const ids = all.map(({ id }) => id);
        const isSame = ids.filter((id) => before.current.has(id)).length > ids.length / 2;
        (before as { current: typeof before.current }).current = new Set(ids);
        const moves = isFirst && isSame && !matchMedia('(prefers-reduced-motion: reduce)').matches;
        void setViewport(view, { duration: moves ? 250 : 0, interpolate: 'linear' });
        isFirst = false;
      });
    });
    sizes.observe(domNode);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    };
  }, [laid, services, subject, store, setViewport]);
}

/** Moves the picture as far as the element is out of view, and no farther; at the right are the buttons. */
function holding(box: Omit<Box, 'id'>, view: Viewport, width: number, height: number): Viewport {
  const shift = (from: number, size: number, room: number, end: number): number => {
    const low = 36 - from;
    const high = room - end - (from + size);
    return low > 0 || high < low ? low : Math.min(0, high);
  };
  const { zoom } = view;
  return {
    x: view.x + shift(box.x * zoom + view.x, box.width * zoom, width, 76),
    y: view.y + shift(box.y * zoom + view.y, box.height * zoom, height, 16),
    zoom,
  };
}

const boxOf = ({ id, position: { x, y }, width = 0, height = 0 }: Sized): Box => ({
  ...{ id, x, y, width, height },
});
