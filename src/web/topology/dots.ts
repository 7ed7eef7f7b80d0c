import { beat } from '../store/beat.ts';
import { type Dot, type DotsLayer, layerOf } from './dots-layer.ts';
import type { Run } from './runs.ts';

/** A packet on the wire where it is drawn, in milliseconds from the beginning of its sample. */
interface Moving extends Pick<Run, 'backwards' | 'protocol' | 'direction' | 'packets'> {
  path: SVGPathElement;
  from: number;
  to: number;
}

interface Dots {
  add(moving: readonly Moving[]): void;
  clear(): void;
}

/** Packets on the picture at once; more could not be told apart. */
const most = 48;

/**
 * From so many dots on, all move at the same moments, so many milliseconds apart, of which some are a beat: between
 * them the browser has no frame to draw.
 */
const [crowd, stride] = [12, 40];

/** Places along a wire between which a packet runs straight on. */
const steps = 16;

/** Along a wire, from its beginning. */
const places = new WeakMap<SVGPathElement, { drawn: string | null; points: DOMPoint[] }>();

/** Of one sample: how many dots, and until when. */
interface Sample {
  layer: DotsLayer;
  count: number;
  end: number;
}

/**
 * The dots of one sample are put there together, and taken away together at a beat: their waits are part of their
 * motion, which the browser does beside the page's own work.
 */
export function runningDots(): Dots {
  let samples: Sample[] = [];
  return {
    add(moving) {
      const layer = moving[0] && layerOf(moving[0].path);
      if (!layer) return;
      const now = performance.now();
      // A picture that is gone took its dots with it.
      samples = samples.filter((sample) => sample.layer === layer && sample.end > now);
      const before = samples.reduce((sum, { count }) => sum + count, 0);
      const shown = moving.slice(0, Math.max(0, most - before));
      if (shown.length === 0) return;
      const duration = nextBeat(now + Math.max(...shown.map(({ to }) => to))) - now;
      const easing = before + shown.length < crowd ? 'linear' : `steps(${Math.round(duration / stride)})`;
      for (const { path } of shown) for (const { x, y } of pointsOn(path)) layer.reach(x, y);
      layer.run({ dots: shown.map((each) => dotOf(each, duration)), duration, easing });
      samples.push({ layer, count: shown.length, end: now + duration });
    },
    clear() {
      for (const layer of new Set(samples.map((sample) => sample.layer))) layer.clear();
      samples = [];
    },
  };
}

const nextBeat = (time: number): number => Math.ceil(time / beat) * beat;

function dotOf(moving: Moving, duration: number): Dot {
  const { protocol, direction, packets } = moving;
  return {
    className: `traffic-dot traffic-${protocol} traffic-${direction}`,
    radius: Math.min(11, 6 + Math.log2(packets)),
    frames: framesOf(moving, duration),
  };
}

function framesOf({ path, backwards, from, to }: Moving, duration: number): Keyframe[] {
  const forwards = pointsOn(path).map(({ x, y }) => `translate(${x}px, ${y}px)`);
  const transforms = backwards ? forwards.toReversed() : forwards;
  const offset = (step: number) => (from + ((to - from) * step) / steps) / duration;
  const unseen = (step: number, at: number) => ({
    transform: transforms[step] ?? '',
    opacity: 0,
    offset: at,
  });
  return [
    ...[unseen(0, 0), unseen(0, offset(0))],
    ...transforms.map((transform, step) => ({ transform, opacity: 1, offset: offset(step) })),
    ...[unseen(steps, offset(steps)), unseen(steps, 1)],
  ];
}

function pointsOn(path: SVGPathElement): DOMPoint[] {
  const drawn = path.getAttribute('d');
  const known = places.get(path);
  if (known !== undefined && known.drawn === drawn) return known.points;
  const length = path.getTotalLength();
  const points = Array.from({ length: steps + 1 }, (_, step) =>
    path.getPointAtLength((length * step) / steps),
  );
  places.set(path, { drawn, points });
  return points;
}
