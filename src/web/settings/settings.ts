import { type Language, languages } from '../../core/language.ts';
import { createStore } from '../store/store.ts';

/** The learner's choices, kept in this browser. */
export interface Settings {
  language: Language;
  theme: 'system' | 'light' | 'dark';
  /** Terminals also write into a live region. */
  screenReader: boolean;
  /** The commands of a lab's text stay closed until they are asked for. */
  hideCommands: boolean;
  /** Of the terminals' text, in pixels. */
  fontSize: number;
  /** Terminals side by side instead of one at a time. */
  split: boolean;
  /** Packets run along the cables of the picture. */
  traffic: boolean;
  /** Share of the panes, in percent. */
  proseWidth: number;
  pictureHeight: number;
  /** Of the terminals beside the packets, and of the left and the upper terminals. */
  terminalsWidth: number;
  terminalWidth: number;
  terminalHeight: number;
}

const kept = 'hoplab.settings';

const defaults: Settings = {
  language: languages.find((each) => navigator.language.startsWith(each)) ?? 'en',
  theme: 'system',
  screenReader: false,
  hideCommands: false,
  fontSize: 13,
  split: false,
  traffic: true,
  proseWidth: 34,
  pictureHeight: 56,
  terminalsWidth: 40,
  terminalWidth: 50,
  terminalHeight: 50,
};

export const settings = createStore<Settings>(read());

export function choose(change: Partial<Settings>): void {
  settings.update((before) => ({ ...before, ...change }));
}

settings.subscribe(() => {
  show();
  try {
    localStorage.setItem(kept, JSON.stringify(settings.get()));
  } catch {
    // A browser that keeps nothing still shows it.
  }
});
show();

function show(): void {
  const { theme, language } = settings.get();
  const root = document.documentElement;
  root.lang = language;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function read(): Settings {
  try {
    const known = JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Settings>;
    if (!languages.includes(known.language as Language)) delete known.language;
    return { ...defaults, ...known };
  } catch {
    return defaults;
  }
}
