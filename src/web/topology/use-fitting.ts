import { type RefObject, useLayoutEffect, useState } from 'react';

const gap = 4;

/**
 * How many children of a row there is room for, with its last child, which stands for those that there is none for.
 * All of them have their size, seen or not.
 */
export function useFitting(row: RefObject<HTMLElement>, content: string): number {
  const [fitting, setFitting] = useState(Number.POSITIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other children are the reason to measure again.
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    const measure = () => {
      const widths = [...element.children].map((child) => (child as HTMLElement).offsetWidth);
      setFitting(fit(widths.slice(0, -1), widths.at(-1) ?? 0, element.clientWidth));
    };
    // The words grow as the picture is seen from farther away.
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    if (element.firstElementChild) sizes.observe(element.firstElementChild);
    measure();
    return () => sizes.disconnect();
  }, [row, content]);
  return fitting;
}

function fit(widths: readonly number[], rest: number, room: number): number {
  const end = (count: number) => widths.slice(0, count).reduce((sum, width) => sum + width + gap, 0);
  if (end(widths.length) - gap <= room) return widths.length;
  let count = widths.length - 1;
  while (count > 1 && end(count) + rest > room) count -= 1;
  return count;
}
