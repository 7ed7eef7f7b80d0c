/** Opens the page's keys from anywhere. No terminal program can be sent it, so none misses it. */
export const chordName = 'Ctrl + .';

/** Maximises the pane one is in, or gives the others their room back; out of a terminal as well. */
export const wholeName = 'Alt + Enter';

export function wholeChord(event: KeyboardEvent): boolean {
  return event.altKey && !event.ctrlKey && !event.metaKey && event.key === 'Enter';
}

export function leaveChord(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key === '.';
}

/** Searches in what a terminal has shown; Ctrl + F alone is the shell's. */
export const findName = 'Ctrl + Shift + F';

export function findChord(event: KeyboardEvent): boolean {
  return (
    event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === 'f'
  );
}
