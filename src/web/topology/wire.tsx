import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { lineOf, type Route } from '../../core/picture/curve.ts';
import type { Wire } from '../../core/picture/model.ts';
import type { Spot } from '../../core/picture/spot.ts';

export type WireEdge = Edge<
  { wire: Wire; route: Route; colour: string; fresh: boolean; spot: Spot | null },
  'wire'
>;

/** A veth pair as a cable, a bridge's own leg as a dotted line into its node, a tunnel as a dashed one over all. */
export const WireView = memo(function WireView(props: EdgeProps<WireEdge>) {
  const { data, id, sourceX, sourceY, targetX, targetY } = props;
  if (!data) return null;
  const { path } = lineOf({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data.route);
  const { wire, colour, fresh, spot } = data;
  const classes = [
    'wire',
    `wire-${wire.kind}`,
    `wire-${wire.state}`,
    colour,
    wire.soon && 'soon',
    fresh && 'fresh',
    spot && `here packet-${spot.direction}`,
  ];
  return (
    <>
      <BaseEdge id={id} path={path} className={classes.filter(Boolean).join(' ')} />
      {spot && <Moving key={spot.number} path={path} spot={spot} />}
    </>
  );
});

/** The packet on its way along the wire; if motion is unwanted the wire alone shows it. */
function Moving({ path, spot }: { path: string; spot: Spot }) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return null;
  const [from, to] = spot.backwards ? [1, 0] : [0, 1];
  return (
    <circle r="8" className={`wire-packet packet-${spot.direction}`}>
      <animateMotion
        ref={(motion: SVGAnimationElement | null) => motion?.beginElement()}
        begin="indefinite"
        dur="0.9s"
        fill="freeze"
        path={path}
        keyPoints={`${from};${to}`}
        keyTimes="0;1"
        calcMode="linear"
      />
    </circle>
  );
}
