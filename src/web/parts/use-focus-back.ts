import { useEffect } from 'react';

/** About a second: a picture that has more room again draws the parts of its cards anew. */
const longest = 60;

/** Where the focus was before something was opened, it is again once that is closed. */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) giveBack(before, longest);
    };
  }, []);
}

/** What has gone meanwhile may come back as another element of the same name. */
function giveBack(before: HTMLElement, frames: number): void {
  const { activeElement } = document;
  if (frames === 0 || (activeElement !== null && activeElement !== document.body)) return;
  const target = before.isConnected ? before : namesake(before);
  target?.focus();
  if (target === null || document.activeElement !== target)
    requestAnimationFrame(() => giveBack(before, frames - 1));
}

function namesake(gone: HTMLElement): HTMLElement | null {
  const name = gone.getAttribute('aria-label');
  const named = document.querySelectorAll<HTMLElement>('[aria-label]');
  return name === null ? null : ([...named].find((each) => each.getAttribute('aria-label') === name) ?? null);
}
