import { type PointerEvent, useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { playground } from '../../core/play/playground.ts';
import type { Bench } from '../view/bench.ts';
import { perform } from '../view/hand.ts';
import type { ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import './plugs.css';

/** Cables are laid from plug to plug, where a network is built by hand. */
export interface Plugs {
  /** The card whose plug was chosen first. */
  from: string | null;
  choose(card: string): void;
  join(from: string, to: string): void;
  /** A cable is being drawn: until it is let go, every card stays where the learner aims. */
  isDrawn: boolean;
  draw(isDrawn: boolean): void;
}

/** `rest` closes the details of the card under the pointer: a cable let go over them would miss its card. */
export function usePlugs({ bench, lab }: Pick<ViewProps, 'bench' | 'lab'>, rest: () => void): Plugs | null {
  const [from, setFrom] = useState<string | null>(null);
  const [isDrawn, draw] = useState(false);
  const here = lab.id === playground;
  useEffect(() => {
    if (isDrawn) rest();
  }, [isDrawn, rest]);
  return useMemo(() => {
    if (!here) return null;
    const join = (one: string, other: string) => {
      setFrom(null);
      lay(bench, one, other);
    };
    return {
      ...{ from, join, isDrawn, draw },
      choose(card) {
        if (from === null) setFrom(card);
        else if (from === card) setFrom(null);
        else join(from, card);
      },
    };
  }, [bench, here, from, isDrawn]);
}

function lay(bench: Bench, from: string, to: string): void {
  perform({ bench, act: () => ({ act: 'cable', from: plugOf(from), to: plugOf(to) }) });
}

/** `card NODE` or `switch NODE BRIDGE`, as model.ts names them. */
function plugOf(card: string) {
  const [, node = '', bridge = null] = card.split(' ');
  return { node, bridge };
}

/** Chosen by click or key, then another one; or dragged there. */
export function Plug({ card, name, plugs }: { card: string; name: string; plugs: Plugs }) {
  const { words } = useWords();
  const [line, setLine] = useState<[from: Point, to: Point] | null>(null);
  const at = ({ clientX: x, clientY: y }: PointerEvent): Point => ({ x, y });

  function drop(event: PointerEvent): void {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const target = under?.closest<HTMLElement>('[data-card]')?.dataset.card;
    setLine(null);
    if (line !== null && target !== undefined && target !== card) plugs.join(card, target);
  }
  return (
    <>
      <button
        type="button"
        className="card-plug nodrag nopan"
        aria-label={words.network.plug(name)}
        title={words.network.plug(name)}
        aria-pressed={plugs.from === card}
        onClick={() => plugs.choose(card)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setLine([at(event), at(event)]);
        }}
        onPointerMove={(event) => setLine((before) => before && [before[0], at(event)])}
        onPointerUp={drop}
        onPointerCancel={() => setLine(null)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6h8v3a4 4 0 0 1-8 0zM6 6V2.5M10 6V2.5M8 13v2.5" />
        </svg>
      </button>
      {line && <Line from={line[0]} to={line[1]} draw={plugs.draw} />}
    </>
  );
}

interface Point {
  x: number;
  y: number;
}

/** Over everything, in the window's coordinates: outside of the picture and its zoom. */
function Line({ from, to, draw }: { from: Point; to: Point; draw: Plugs['draw'] }) {
  useEffect(() => {
    draw(true);
    return () => draw(false);
  }, [draw]);
  return createPortal(
    <svg className="plug-line" aria-hidden="true">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
    </svg>,
    document.body,
  );
}
