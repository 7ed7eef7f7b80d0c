import type { PointerEvent } from 'react';

interface Props {
  label: string;
  /** `across` divides left from right and is moved sideways. */
  direction: 'across' | 'along';
  value: number;
  least: number;
  most: number;
  change(value: number): void;
}

/** A divider that mouse and arrow keys move; its value is the share of the pane before it, in percent. */
export function Divider({ label, direction, value, least, most, change }: Props) {
  const within = (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted)));
  const [less, more] = direction === 'across' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];

  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    const share =
      direction === 'across'
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
    change(within(share * 100));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, not a rule.
    <div
      className={`divider divider-${direction}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'across' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={({ key }) => {
        if (key === less) change(within(value - 4));
        else if (key === more) change(within(value + 4));
        else if (key === 'Home') change(least);
        else if (key === 'End') change(most);
      }}
    />
  );
}
