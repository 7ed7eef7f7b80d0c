import { useEffect } from 'react';
import type { Folded } from './fold.ts';

/**
 * Marks the element that the pointer or the focus is on, its cables and what they lead to. Past React: the pointer may
 * run over a thousand cards. The style sheet dims the others (near.css).
 */
export function useNear(drawn: { readonly current: { folding: Folded } }): void {
  useEffect(() => {
    const root = document.querySelector<HTMLElement>('.picture');
    if (!root) return;
    let marked: Element[] = [];
    let at: string | null = null;

    function mark(id: string | null): void {
      if (id === at) return;
      at = id;
      for (const each of marked) each.removeAttribute('data-near');
      marked = [];
      root?.toggleAttribute('data-looking', false);
      const wires = drawn.current.folding.picture.wires.filter(({ ends }) =>
        ends.some(({ element }) => element === id),
      );
      if (id === null || wires.length === 0) return;
      const ids = [
        ...wires.map((wire) => wire.id),
        ...wires.flatMap(({ ends }) => ends.map((end) => end.element)),
      ];
      marked = [...new Set(ids)].flatMap(
        (each) => root?.querySelector(`[data-id="${CSS.escape(each)}"]`) ?? [],
      );
      for (const each of marked) each.setAttribute('data-near', '');
      root?.toggleAttribute('data-looking', true);
    }
    const over = ({ target }: Event) => mark(cardAt(target));
    const focus = ({ target }: Event) => {
      if ((target as Element).matches(':focus-visible')) mark(cardAt(target));
    };
    const out = () => mark(null);
    root.addEventListener('pointerover', over);
    root.addEventListener('pointerleave', out);
    root.addEventListener('focusin', focus);
    root.addEventListener('focusout', out);
    return () => {
      mark(null);
      root.removeEventListener('pointerover', over);
      root.removeEventListener('pointerleave', out);
      root.removeEventListener('focusin', focus);
      root.removeEventListener('focusout', out);
    };
  }, [drawn]);
}

const cardAt = (target: EventTarget | null): string | null =>
  (target as Element | null)?.closest<HTMLElement>('.react-flow__node:has(.card)')?.dataset.id ?? null;
