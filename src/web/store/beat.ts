/**
 * Milliseconds between the moments at which everything is drawn that can wait. After a key, a browser that has a
 * frame to draw handles nothing else until it has drawn it (Chromium's DeferRendererTasksAfterInput): the echo of the
 * key comes after that frame, and is seen one later. Changes that come one by one would make almost every key wait so.
 */
export const beat = 240;

/** Calls `work` at the next of these moments, unless the returned function is called before. */
export function atBeat(work: () => void): () => void {
  const timer = setTimeout(work, beat - (performance.now() % beat));
  return () => clearTimeout(timer);
}
