import { type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useMemo } from 'react';
import type { Box } from '../../core/picture/size.ts';

/** Of fewer cards one sees where one is. */
const least = 24;
/** Its largest size, and the room around the cards. */
const [wide, high, margin] = [190, 150, 60];

/** A large picture in small, with the part in view: a press or a drag goes there. By keyboard there are arrows and search. */
export function Minimap({ boxes }: { boxes: readonly Box[] }) {
  const { setCenter, getZoom } = useReactFlow();
  const [x, y, zoom] = useStore(transform);
  const width = useStore(widthOf);
  const height = useStore(heightOf);
  const whole = useMemo(() => around(boxes), [boxes]);
  const cards = useMemo(
    () => boxes.map((box) => `M${box.x},${box.y}h${box.width}v${box.height}h${-box.width}z`).join(''),
    [boxes],
  );
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  if (boxes.length < least || holds(view, whole)) return null;
  const scale = Math.min(wide / whole.width, high / whole.height);

  function go(event: PointerEvent<SVGSVGElement>): void {
    if (event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const to = { x: whole.x + (event.clientX - left) / scale, y: whole.y + (event.clientY - top) / scale };
    void setCenter(to.x, to.y, { zoom: getZoom() });
  }

  return (
    <svg
      className="minimap nopan nowheel"
      aria-hidden="true"
      width={whole.width * scale}
      height={whole.height * scale}
      viewBox={`${whole.x} ${whole.y} ${whole.width} ${whole.height}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      <path d={cards} />
      <rect {...view} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const transform = (state: ReactFlowState) => state.transform;
const widthOf = (state: ReactFlowState) => state.width;
const heightOf = (state: ReactFlowState) => state.height;

type Area = Omit<Box, 'id'>;

function around(boxes: readonly Box[]): Area {
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - margin;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
  return { x, y, width: right - x, height: bottom - y };
}

/** All cards are in view: there is nowhere to go. */
function holds(view: Area, whole: Area): boolean {
  const [x, y] = [whole.x + margin, whole.y + margin];
  return (
    view.x <= x &&
    view.y <= y &&
    view.x + view.width >= whole.x + whole.width - margin &&
    view.y + view.height >= whole.y + whole.height - margin
  );
}
