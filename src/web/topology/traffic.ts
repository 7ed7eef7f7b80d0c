import { useEffect, useRef } from 'react';
import type { Picture } from '../../core/picture/model.ts';
import { settings } from '../settings/settings.ts';
import type { LiveTraffic } from '../state/traffic.ts';
import { useStore } from '../store/store.ts';
import { type Folded, wayOf } from './fold.ts';
import { haltOf, type Run, runsOf } from './runs.ts';

/** Packets on the picture at once; more could not be told apart. */
const most = 48;

/** Milliseconds along one wire, between two wires of a flow, and of a mark where it ends. */
const [along, between, marked] = [420, 230, 1400];

/**
 * From so many dots on, all move at the same moments, so many milliseconds apart: between them the browser has no
 * frame to draw, and the letters that someone types do not wait for one.
 */
const [crowd, beat] = [12, 40];

/** The box of collapsed hosts lights up for each of their packets: they run along no cable of their own. */
function flash(stack: Element, later: (work: () => void, delay: number) => void, turn: number): void {
  later(() => stack.classList.add('passing'), turn * between);
  later(() => stack.classList.remove('passing'), turn * between + along);
}

/** Places along a wire between which a packet runs straight on. */
const steps = 16;

/** Dots lie between the wires and the cards, in layers of their own: drawn on the wires, each frame would draw all of them anew. */
function layerOf(path: SVGPathElement): Element | null {
  const viewport = path.closest('.react-flow__viewport');
  const cards = viewport?.querySelector(':scope > .react-flow__nodes') ?? null;
  const layer = viewport?.querySelector(':scope > .traffic-dots') ?? document.createElement('div');
  layer.className = 'traffic-dots';
  if (layer.parentElement === null) viewport?.insertBefore(layer, cards);
  return viewport === null ? null : layer;
}

/** Along a wire, from its beginning. */
const keyframes = new WeakMap<SVGPathElement, { drawn: string | null; frames: Keyframe[] }>();

function framesOn(path: SVGPathElement): Keyframe[] {
  const drawn = path.getAttribute('d');
  const known = keyframes.get(path);
  if (known !== undefined && known.drawn === drawn) return known.frames;
  const length = path.getTotalLength();
  const frames = Array.from({ length: steps + 1 }, (_, step) => {
    const { x, y } = path.getPointAtLength((length * step) / steps);
    return { transform: `translate(${x}px, ${y}px)`, opacity: 1 };
  });
  keyframes.set(path, { drawn, frames });
  return frames;
}

const onBeat = (time: number): number => Math.ceil(time / beat) * beat;

function timing(turn: number, others: number): KeyframeAnimationOptions {
  if (others < crowd) return { duration: along, delay: turn * between };
  const duration = onBeat(along);
  return { duration, delay: onBeat(turn * between), easing: `steps(${duration / beat})` };
}

const nodeOf = (id: string): Element | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/**
 * Lets the machine's packets run along the wires. They are drawn past React: a busy network would otherwise be
 * rendered anew sixty times a second. Where motion is unwanted, the wires light up.
 */
export function useTraffic(
  traffic: LiveTraffic,
  picture: Picture,
  folded: Pick<Folded, 'standIns' | 'turned'>,
): void {
  const { traffic: wanted } = useStore(settings);
  const drawn = useRef({ picture, folded });
  (drawn as { current: typeof drawn.current }).current = { picture, folded };

  useEffect(() => (wanted ? traffic.watch() : undefined), [traffic, wanted]);
  useEffect(() => {
    if (!wanted) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const dots = new Set<Animation>();
    const timers = new Set<number>();
    const halted = new Map<number, string>();

    const later = (work: () => void, delay: number) => {
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        work();
      }, delay);
      timers.add(timer);
    };

    function run(each: Run): void {
      const { wire, backwards } = wayOf(drawn.current.folded, each);
      const path = document.getElementById(wire);
      if (!(path instanceof SVGPathElement) || dots.size >= most) return;
      const stack = wire === each.wire ? null : nodeOf(wire.replace(/^bundle /, 'stack '));
      if (stack) flash(stack, later, each.turn);
      if (still) {
        later(() => path.classList.add('carrying'), each.turn * between);
        later(() => path.classList.remove('carrying'), each.turn * between + along);
        return;
      }
      const dot = document.createElement('div');
      dot.className = `traffic-dot traffic-${each.protocol} traffic-${each.direction}`;
      dot.style.setProperty('--radius', `${Math.min(11, 6 + Math.log2(each.packets))}px`);
      layerOf(path)?.append(dot);
      const frames = framesOn(path);
      // The browser moves it, and does so beside the page's own work.
      const running = dot.animate(backwards ? frames.toReversed() : frames, timing(each.turn, dots.size));
      if (dots.size >= crowd) running.startTime = onBeat(Number(document.timeline.currentTime));
      dots.add(running);
      running.onfinish = running.oncancel = () => {
        dots.delete(running);
        dot.remove();
      };
    }

    function halt(element: string, turn: number): void {
      const card = nodeOf(drawn.current.folded.standIns.get(element) ?? element);
      later(() => card?.classList.add('halted'), turn * between);
      later(() => card?.classList.remove('halted'), turn * between + marked);
    }

    const unfollow = traffic.onCrossings((crossings) => {
      const flows = new Map(traffic.flows.get().map((flow) => [flow.number, flow]));
      const { runs, halts } = runsOf(crossings, flows, drawn.current.picture);
      for (const each of runs) run(each);
      for (const { element, turn } of halts) halt(element, turn);
    });
    const unmark = traffic.flows.subscribe(() => {
      for (const flow of traffic.flows.get()) {
        const element = flow.own ? null : haltOf(flow, drawn.current.picture);
        const before = halted.get(flow.number);
        if (element === null) halted.delete(flow.number);
        else if (before !== element) {
          halted.set(flow.number, element);
          halt(element, 0);
        }
      }
    });
    return () => {
      unfollow();
      unmark();
      for (const timer of timers) clearTimeout(timer);
      for (const running of dots) running.cancel();
      for (const card of document.querySelectorAll('.halted, .passing'))
        card.classList.remove('halted', 'passing');
    };
  }, [traffic, wanted]);
}
