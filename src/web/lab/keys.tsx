import { useEffect, useRef } from 'react';
import { nextLanguage } from '../../core/language.ts';
import { choose, settings } from '../settings/settings.ts';
import type { Actions } from '../view/actions.ts';
import { chordName, leaveChord, wholeChord, wholeName } from '../view/chord.ts';
import type { PaneName } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  actions: Actions;
  toggle(pane: PaneName): void;
  open(node: string): void;
  goTo(pane: PaneName): void;
  /** Opens the form for a packet, or goes to it; closes it again from within. */
  packets(from: PaneName): void;
}

/** Every function by one chord and one key, from anywhere: it also is the way out of a terminal. */
export function Keys({ actions, toggle, open, goTo, packets }: Props) {
  const { words } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const from = useRef<PaneName>('prose');

  const whole = useRef(toggle);
  (whole as { current: Props['toggle'] }).current = toggle;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (document.querySelector('dialog[open]')) return;
      if (wholeChord(event)) {
        event.preventDefault();
        event.stopPropagation();
        whole.current(paneOf(document.activeElement) ?? 'prose');
      }
      if (!leaveChord(event)) return;
      event.preventDefault();
      from.current = paneOf(document.activeElement) ?? 'prose';
      dialog.current?.showModal();
    }
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);

  const focus = (pane: PaneName) => {
    goTo(pane);
    requestAnimationFrame(() => document.getElementById(`pane-${pane}`)?.focus());
  };
  const { keys } = words;
  const functions: [string, string, () => void][] = [
    ['1', keys.prose, () => focus('prose')],
    ['2', keys.picture, () => focus('picture')],
    ['3', keys.terminals, () => focus('terminals')],
    ['m', keys.maximise, () => toggle(from.current)],
    ['c', keys.check, actions.check],
    ['h', keys.hint, actions.askHint],
    ['p', keys.packets, () => packets(from.current)],
    ['k', words.search.title, () => document.getElementById('search')?.click()],
    ['x', words.share.title, () => document.getElementById('share')?.click()],
    ['n', keys.newTerminal, () => open('host')],
    ['o', words.terminal.find.label, () => document.getElementById('find-in-terminal')?.click()],
    ['t', keys.table, () => document.getElementById('picture-or-table')?.click()],
    ['/', keys.find, () => document.getElementById('find')?.click()],
    ['f', keys.fold, () => document.getElementById('fold-hosts')?.click()],
    [']', keys.nextStep, () => document.getElementById('next-step')?.click()],
    ['[', keys.previousStep, () => document.getElementById('previous-step')?.click()],
    ['u', words.lab.undo, actions.undo],
    ['r', words.lab.reset, actions.reset],
    ['s', words.lab.reboot, actions.reboot],
    ['l', keys.language, () => choose({ language: nextLanguage(settings.get().language) })],
    ['d', keys.theme, () => choose({ theme: isDark() ? 'light' : 'dark' })],
  ];
  if (actions.practise !== null) functions.push(['b', words.practice.begin, actions.practise]);
  const run = (work: () => void) => {
    dialog.current?.close();
    work();
  };

  return (
    <dialog
      ref={dialog}
      id="keys"
      className="keys"
      aria-labelledby="keys-title"
      onKeyDown={(event) => {
        const found = functions.find(([key]) => key === event.key.toLowerCase());
        if (!found || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        run(found[2]);
      }}
    >
      <h2 id="keys-title">{keys.title}</h2>
      <p>{keys.lead(chordName)}</p>
      <ul>
        {functions.map(([key, name, work]) => (
          <li key={key}>
            <button type="button" onClick={() => run(work)}>
              <kbd>{key.toUpperCase()}</kbd>
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet keys-whole">
        <kbd>{wholeName}</kbd> {keys.whole} {keys.cards}
      </p>
      <div className="buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          {words.lab.close}
        </button>
      </div>
    </dialog>
  );
}

function paneOf(element: Element | null): PaneName | null {
  return (element?.closest<HTMLElement>('[data-pane]')?.dataset.pane as PaneName | undefined) ?? null;
}

const isDark = () => getComputedStyle(document.documentElement).getPropertyValue('--is-dark').trim() === '1';
