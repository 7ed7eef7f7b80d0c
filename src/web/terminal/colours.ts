import type { ITheme } from '@xterm/xterm';

/**
 * The terminal's colours, from the page's. A prompt names its node in cyan: here that is the node's own colour,
 * as in the text and the picture.
 */
export function terminalTheme(screen: HTMLElement): ITheme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => resolved(style.getPropertyValue(name).trim());
  const node = resolved(getComputedStyle(screen).getPropertyValue('--node').trim() || 'var(--ansi-cyan)');
  return {
    background: colour('--terminal'),
    foreground: colour('--terminal-ink'),
    cursor: colour('--accent'),
    cursorAccent: colour('--terminal'),
    selectionBackground: colour('--selection'),
    ...Object.fromEntries(ansi.map((name) => [name, colour(`--ansi-${name}`)])),
    ...Object.fromEntries(
      ansi.map((name) => [`bright${name[0]?.toUpperCase()}${name.slice(1)}`, colour(`--ansi-${name}`)]),
    ),
    // The colour for secondary output: quiet, and still legible.
    brightBlack: colour('--quiet'),
    cyan: node,
    brightCyan: node,
  };
}

const ansi = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** `light-dark(…)` as the one colour it is now. */
function resolved(value: string): string {
  const probe = document.createElement('i');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
