import { beat } from '../store/beat.ts';
import './dots.css';
import { layerOf } from './dots-layer.ts';
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

interface Sample {
  animations: Animation[];
  dots: readonly Element[];
  document: Document;
}

/**
 * The dots of one sample are put there together, and taken away together at a beat: their waits are part of their
 * motion, which the browser does beside the page's own work.
 */
export function runningDots(): Dots {
  const samples = new Set<Sample>();

  function end(sample: Sample): void {
    samples.delete(sample);
    for (const dot of sample.dots) dot.remove();
  }

  /** A picture that is gone took its dots with it. */
  function countIn(document: Document): number {
    for (const sample of samples) if (sample.document !== document) samples.delete(sample);
    return [...samples].reduce((sum, { dots }) => sum + dots.length, 0);
  }

  return {
    add(moving) {
      const layer = moving[0] && layerOf(moving[0].path);
      if (!layer) return;
      const { document, reach } = layer;
      const before = countIn(document);
      const shown = moving.slice(0, Math.max(0, most - before));
      if (shown.length === 0) return;
      const now = performance.now();
      const duration = nextBeat(now + Math.max(...shown.map(({ to }) => to))) - now;
      const easing = before + shown.length < crowd ? 'linear' : `steps(${Math.round(duration / stride)})`;
      const dots = shown.map((each) => dotOf(document, each));
      for (const { path } of shown) for (const { x, y } of pointsOn(path)) reach(x, y);
      document.body.append(...dots);
      const animations = dots.map((dot, index) =>
        dot.animate(framesOf(shown[index] as Moving, duration), { duration, easing }),
      );
      const sample = { animations, dots, document };
      samples.add(sample);
      const [first] = animations;
      if (first) first.onfinish = first.oncancel = () => end(sample);
    },
    clear() {
      for (const { animations } of samples) for (const each of animations) each.cancel();
    },
  };
}

const nextBeat = (time: number): number => Math.ceil(time / beat) * beat;

function dotOf(document: Document, { protocol, direction, packets }: Moving): HTMLElement {
  const dot = document.createElement('div');
  dot.className = `traffic-dot traffic-${protocol} traffic-${direction}`;
  dot.style.setProperty('--radius', `${Math.min(11, 6 + Math.log2(packets))}px`);
  return dot;
}

function framesOf({ path, backwards, from, to }: Moving, duration: number): Keyframe[] {
  const forwards = pointsOn(path).map(({ x, y }) => `translate(${x}px, ${y}px)`);
  const transforms = backwards ? forwards.toReversed() : forwards;
  const offset = (step: number) => (from + ((to - from) * step) / steps) / duration;
  const unseen = (step: number, at: number) => ({ transform: transforms[step], opacity: 0, offset: at });
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
