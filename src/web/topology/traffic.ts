import { useEffect, useRef } from 'react';
import type { Picture } from '../../core/picture/model.ts';
import { settings } from '../settings/settings.ts';
import type { LiveTraffic } from '../state/traffic.ts';
import { useStore } from '../store/store.ts';
import { runningDots } from './dots.ts';
import { type Folded, wayOf } from './fold.ts';
import { haltOf, type Run, runsOf } from './runs.ts';

/** Milliseconds along one wire, between two wires of a flow, and of a mark where it ends. */
const [along, between, marked] = [420, 230, 1400];

/** The box of collapsed hosts lights up for each of their packets: they run along no cable of their own. */
function flash(stack: Element, later: (work: () => void, delay: number) => void, turn: number): void {
  later(() => stack.classList.add('passing'), turn * between);
  later(() => stack.classList.remove('passing'), turn * between + along);
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
    const dots = runningDots();
    const timers = new Set<number>();
    const halted = new Map<number, string>();

    const later = (work: () => void, delay: number) => {
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        work();
      }, delay);
      timers.add(timer);
    };

    /** Where it is drawn, unless it is not. */
    function wireOf(each: Run): { path: SVGPathElement; backwards: boolean } | null {
      const { wire, backwards } = wayOf(drawn.current.folded, each);
      const path = document.getElementById(wire);
      if (!(path instanceof SVGPathElement)) return null;
      const stack = wire === each.wire ? null : nodeOf(wire.replace(/^bundle /, 'stack '));
      if (stack) flash(stack, later, each.turn);
      return { path, backwards };
    }

    function run(runs: readonly Run[]): void {
      const moving = runs.flatMap((each) => {
        const wire = wireOf(each);
        return wire === null
          ? []
          : [{ ...each, ...wire, from: each.turn * between, to: each.turn * between + along }];
      });
      if (!still) dots.add(moving);
      for (const { path, from, to } of still ? moving : []) {
        later(() => path.classList.add('carrying'), from);
        later(() => path.classList.remove('carrying'), to);
      }
    }

    function halt(element: string, turn: number): void {
      const card = nodeOf(drawn.current.folded.standIns.get(element) ?? element);
      later(() => card?.classList.add('halted'), turn * between);
      later(() => card?.classList.remove('halted'), turn * between + marked);
    }

    const unfollow = traffic.onCrossings((crossings) => {
      const flows = new Map(traffic.flows.get().map((flow) => [flow.number, flow]));
      const { runs, halts } = runsOf(crossings, flows, drawn.current.picture);
      run(runs);
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
      dots.clear();
      for (const card of document.querySelectorAll('.halted, .passing'))
        card.classList.remove('halted', 'passing');
    };
  }, [traffic, wanted]);
}
