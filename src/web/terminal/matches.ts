import type { Terminal } from '@xterm/xterm';

export interface Matches {
  count: number;
  /** Which of them is selected, from the top; 0: none is. */
  at: number;
}

/** How often a term stands in all that a terminal has shown, as the search finds it: in any case, over wrapped lines. */
export function matchesOf(terminal: Terminal, term: string): Matches {
  const { active } = terminal.buffer;
  const selected = terminal.getSelectionPosition()?.start;
  const sought = term.toLowerCase();
  const matches: Matches = { count: 0, at: 0 };
  if (sought === '') return matches;
  for (let row = 0; row < active.length; ) {
    let text = '';
    let selectedAt: number | null = null;
    do {
      const line = active.getLine(row);
      if (row === selected?.y)
        selectedAt = text.length + (line?.translateToString(false, 0, selected.x).length ?? 0);
      row += 1;
      const goesOn = active.getLine(row)?.isWrapped === true;
      text += line?.translateToString(!goesOn) ?? '';
    } while (active.getLine(row)?.isWrapped);
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length)) {
      matches.count += 1;
      if (selectedAt !== null && at <= selectedAt) matches.at = matches.count;
    }
  }
  return matches;
}
