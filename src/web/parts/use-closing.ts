import { type RefObject, useEffect } from 'react';

/**
 * A click elsewhere or Escape closes an open menu; Escape gives the focus back to the element that opened it.
 */
export function useClosing(menu: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const elsewhere = (event: Event) => {
      if (menu.current?.open && !menu.current.contains(event.target as globalThis.Node))
        menu.current.open = false;
    };
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !menu.current?.open) return;
      if (menu.current.contains(document.activeElement)) menu.current.querySelector('summary')?.focus();
      menu.current.open = false;
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('keydown', close);
    };
  }, [menu]);
}
