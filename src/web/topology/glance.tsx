import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { NodeFacts } from './facts.tsx';

/** For a pointer that only passes by, and for one on its way from the card to its details. */
const before = 350;
const after = 200;

interface Glancing {
  /** The element that is looked at. */
  glanced: string | null;
  look(element: string | null): void;
  stay(): void;
  /** Closes it until the pointer or a key is moved, as at first: cards may come under a pointer that rests. */
  rest(): void;
}

/**
 * Opens a moment after the pointer or the focus enters a card, closes a moment after it leaves; Escape closes
 * it at once.
 */
export function useGlancing(): Glancing {
  const [glanced, setGlanced] = useState<string | null>(null);
  const timer = useRef<number>(undefined);
  const resting = useRef(true);
  useEffect(() => {
    const wake = () => {
      resting.current = false;
    };
    const dismiss = ({ key }: KeyboardEvent) => {
      wake();
      if (key !== 'Escape') return;
      clearTimeout(timer.current);
      setGlanced(null);
    };
    window.addEventListener('keydown', dismiss);
    window.addEventListener('pointermove', wake);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('keydown', dismiss);
      window.removeEventListener('pointermove', wake);
    };
  }, []);
  const [functions] = useState(() => ({
    look(element: string | null) {
      clearTimeout(timer.current);
      if (element !== null && resting.current) return;
      (timer as { current: number }).current = window.setTimeout(
        () => setGlanced(element),
        element ? before : after,
      );
    },
    stay: () => clearTimeout(timer.current),
    rest() {
      clearTimeout(timer.current);
      resting.current = true;
      setGlanced(null);
    },
  }));
  return { glanced: glanced, ...functions };
}

interface Props {
  bench: Bench;
  element: string;
  node: string;
  title: string;
  glancing: Glancing;
}

/**
 * Details that a card has no room for, beside it while the pointer or the focus is on it. A click on the
 * card's name keeps them open at the side.
 */
export function Glance({ bench, element, node, title, glancing }: Props) {
  const { words } = useWords();
  const box = useRef<HTMLElement>(null);
  const state = useStore(bench.live.observation)?.nodes[node];
  useLayoutEffect(() => {
    const place = () => box.current && beside(box.current, element);
    place();
    const sizes = new ResizeObserver(place);
    if (box.current) sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [element]);
  if (!state) return null;
  return (
    <aside
      ref={box}
      className="glance"
      aria-label={words.network.details(node)}
      onPointerEnter={glancing.stay}
      onPointerLeave={() => glancing.look(null)}
    >
      <h3>
        {node} <span className="quiet">{title || words.network.kinds[state.kind]}</span>
      </h3>
      <NodeFacts link={bench.link} session={bench.session} node={node} state={state} brief />
    </aside>
  );
}

/** Places it right or left of the card, else under or over it; never on the text beside the picture. */
function beside(box: HTMLElement, element: string): void {
  const card = document.querySelector(`.react-flow__node[data-id="${CSS.escape(element)}"]`);
  const pane = card?.closest('.pane');
  if (!card || !pane) return;
  const { left, right, top, bottom } = card.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const gap = 10;
  const first = Math.max(gap, pane.getBoundingClientRect().left);
  const last = { x: innerWidth - width - gap, y: innerHeight - height - gap };
  const isBeside = right + gap <= last.x || left - gap - width >= first;
  const x = !isBeside ? Math.max(left, first) : right + gap <= last.x ? right + gap : left - gap - width;
  const y = isBeside ? top : bottom + gap <= last.y ? bottom + gap : top - gap - height;
  box.style.left = `${Math.max(gap, Math.min(x, last.x))}px`;
  box.style.top = `${Math.max(gap, Math.min(y, last.y))}px`;
}
