import { useRef } from 'react';
import { useClosing } from '../parts/use-closing.ts';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import './machine-menu.css';
import type { Actions } from '../view/actions.ts';

/** The actions on the whole machine that are rarer than a reset: each asks for confirmation. */
export function MachineMenu({ actions, bench }: { actions: Actions; bench: Bench }) {
  const { words } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const run = (work: () => void) => {
    if (menu.current) menu.current.open = false;
    work();
  };
  const entries: [string, string, () => void][] = [[words.lab.reboot, words.lab.rebootNote, actions.reboot]];
  if (actions.practise !== null)
    entries.push([words.practice.begin, words.practice.beginNote, actions.practise]);
  return (
    <details className="menu machine-menu" ref={menu}>
      <summary>{words.lab.machine}</summary>
      <ul className="menu-body">
        {entries.map(([name, note, work]) => (
          <li key={name}>
            <button type="button" disabled={busy} onClick={() => run(work)}>
              <strong>{name}</strong>
              <span>{note}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
