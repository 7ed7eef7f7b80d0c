import { getViewportForBounds, useStore } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { briefly, extentOf } from '../../core/picture/brief.ts';
import { layout } from '../../core/picture/layout.ts';
import type { Picture } from '../../core/picture/model.ts';
import type { Place } from '../../core/picture/place.ts';
import type { Service } from '../../core/picture/services.ts';
import { sizeOf } from '../../core/picture/size.ts';
import { routesFrom } from './detail.ts';
import { fitting } from './use-fitted.ts';

type View = Record<string, [number, number]>;
type Laid = ReadonlyMap<string, Place>;

/** A nearer picture is worth other places for its cards from here on. */
const gain = 1.05;

/**
 * The picture and its places. Where all of it fits only from so far away that cards show no routes, lower cards bring
 * it nearer. While a node or the traffic is beside it, `isHeld`, every card stays as high as it is.
 */
export function useLaid(picture: Picture, view: View, services: readonly Service[], isHeld: boolean) {
  const wasBrief = useRef(false);
  const brief = useMemo(() => briefly(picture), [picture]);
  const whole = usePlaces(picture, view, true);
  const zoom = useFit(picture, whole, services);
  const low = usePlaces(brief, view, isHeld ? wasBrief.current : zoom < routesFrom);
  const nearer = useFit(brief, low, services);
  const isBrief = isHeld ? wasBrief.current : low.size > 0 && nearer > zoom * gain;
  (wasBrief as { current: boolean }).current = isBrief;
  return isBrief ? { picture: brief, laid: low } : { picture, laid: whole };
}

const nowhere: Laid = new Map();

function usePlaces(picture: Picture, view: View, isWanted: boolean): Laid {
  const shape =
    picture.elements.map((element) => `${element.id}:${sizeOf(element).height}`).join() +
    picture.wires.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another shape is laid out anew.
  return useMemo(() => (isWanted ? layout(picture, view) : nowhere), [shape, view, isWanted]);
}

/** From how far away all of it is seen. Draws nothing anew while that stays so. */
function useFit(picture: Picture, places: Laid, services: readonly Service[]): number {
  // biome-ignore lint/correctness/useExhaustiveDependencies: places are those of the picture's shape.
  const extent = useMemo(
    () => (places.size === 0 ? null : extentOf(picture, places, services)),
    [places, services],
  );
  return useStore(({ width, height }) => {
    if (extent === null || width === 0 || height === 0) return Number.POSITIVE_INFINITY;
    const { padding, minZoom, maxZoom } = fitting();
    const { zoom } = getViewportForBounds(extent, width, height, minZoom, maxZoom, padding);
    // In steps, for a divider that is drawn over the page.
    return Math.floor(zoom * 50) / 50;
  });
}
