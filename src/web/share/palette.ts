import type { Palette } from '../../core/share/shared.ts';

const names = ['ground', 'surface', 'raised', 'line', 'ink', 'quiet', 'accent', 'code'];

/** The page's colours as they are now: a file has no style sheet of the page's. */
export function paletteNow(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const resolved = (variable: string) => {
    probe.style.color = `var(--${variable})`;
    return getComputedStyle(probe).color;
  };
  const palette = Object.fromEntries(names.map((name) => [name, resolved(name)]));
  for (let number = 0; number < 9; number += 1) {
    probe.className = `node-${number}`;
    palette[probe.className] = resolved('node');
  }
  probe.remove();
  return palette;
}
