import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect } from 'react';
import type { Place } from '../../core/picture/place.ts';
import { boxOf } from '../../core/picture/size.ts';
import type { Folded } from './fold.ts';
import { nextIn } from './search.ts';
import type { KeptPicture } from './use-kept.ts';

const ways: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const step = 22;

interface Drawn {
  folding: Folded;
  places: ReadonlyMap<string, Place>;
}

/**
 * Arrow keys lead from a card to the next one in their direction, with Shift they move the card. A card that gets the
 * focus out of sight is brought into it.
 */
export function useArrows(
  drawn: { readonly current: Drawn },
  kept: KeptPicture,
): (event: KeyboardEvent) => void {
  const { getZoom, setCenter } = useReactFlow();
  useEffect(() => {
    const root = document.querySelector<HTMLElement>('.picture');
    const show = ({ target }: FocusEvent) => {
      const card = (target as Element).closest<HTMLElement>('.react-flow__node');
      const place = drawn.current.places.get(card?.dataset.id ?? '');
      if (!root || !card || !place) return;
      // The browser scrolls to what has the focus; the picture is moved instead.
      root.scrollTo(0, 0);
      const [outer, inner] = [root.getBoundingClientRect(), card.getBoundingClientRect()];
      const isInSight =
        inner.left >= outer.left &&
        inner.right <= outer.right &&
        inner.top >= outer.top &&
        inner.bottom <= outer.bottom;
      if (!isInSight && (target as Element).matches(':focus-visible')) {
        void setCenter(place.x + 120, place.y + 50, { zoom: getZoom() });
      }
    };
    root?.addEventListener('focusin', show);
    return () => root?.removeEventListener('focusin', show);
  }, [drawn, getZoom, setCenter]);

  return (event) => {
    const way = ways[event.key];
    const id = (event.target as Element).closest<HTMLElement>('.react-flow__node')?.dataset.id;
    const { folding, places } = drawn.current;
    const place = places.get(id ?? '');
    if (way === undefined || id === undefined || place === undefined) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (event.shiftKey) {
      kept.place({ [id]: { x: place.x + step * way[0], y: place.y + step * way[1] } });
      return;
    }
    const boxes = folding.picture.elements.filter(({ soon }) => !soon).map((each) => boxOf(each, places));
    const next = nextIn(boxes, id, way);
    if (next !== null) focusCard(next, places, (x, y) => setCenter(x, y, { zoom: getZoom() }));
  };
}

/** A card out of sight is perhaps not drawn yet. */
function focusCard(
  id: string,
  places: ReadonlyMap<string, Place>,
  centre: (x: number, y: number) => Promise<boolean>,
): void {
  const focus = () => {
    const card = document.querySelector<HTMLElement>(
      `.react-flow__node[data-id="${CSS.escape(id)}"] button.card-name`,
    );
    card?.focus();
    return card !== null;
  };
  if (focus()) return;
  const { x, y } = places.get(id) ?? { x: 0, y: 0 };
  void centre(x + 120, y + 50).then(() => requestAnimationFrame(() => requestAnimationFrame(focus)));
}
