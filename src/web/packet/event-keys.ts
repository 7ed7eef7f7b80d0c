import type { KeyboardEvent } from 'react';

const steps: Record<string, number> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

interface Playing {
  at: number;
  last: number;
  go(at: number): void;
  play(): void;
}

/** Arrow keys, Home and End lead through a packet's events, Space plays and pauses, Enter chooses one. */
export function pressOn(
  press: KeyboardEvent<HTMLElement | SVGElement>,
  { at, last, go, play }: Playing,
): void {
  if (press.altKey || press.ctrlKey || press.metaKey) return;
  const by = steps[press.key];
  if (by === undefined && press.key !== ' ' && press.key !== 'Enter') return;
  press.preventDefault();
  if (press.key === ' ') {
    play();
    return;
  }
  const list = press.currentTarget.closest('ol, svg');
  const events = [...(list?.querySelectorAll<HTMLElement | SVGElement>('[data-event]') ?? [])];
  const chosen =
    by === undefined ? events.indexOf(press.currentTarget) : Math.min(last, Math.max(0, at + by));
  events[chosen]?.focus();
  go(chosen);
}
