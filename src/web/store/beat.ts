/**
 * Milliseconds between the moments at which everything is drawn that can wait. After a key, a browser that has a
 * frame to draw handles nothing else until it has drawn it (Chromium's DeferRendererTasksAfterInput): the echo of the
 * key comes after that frame, and is seen one later. Changes that come one by one would make almost every key wait so.
 */
export const beat = 240;

/** Milliseconds from a key until its echo is seen; what can wait is drawn after it. */
const echo = 30;
let pressed = Number.NEGATIVE_INFINITY;

addEventListener('keydown', () => (pressed = performance.now()), { capture: true });

/** Calls `work` at the next of these moments, or a little later, unless the returned function is called before. */
export function atBeat(work: () => void): () => void {
  let timer = setTimeout(afterKey, beat - (performance.now() % beat));
  function afterKey(): void {
    const left = pressed + echo - performance.now();
    if (left > 0) timer = setTimeout(work, left);
    else work();
  }
  return () => clearTimeout(timer);
}
