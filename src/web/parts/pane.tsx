import type { ReactNode } from 'react';
import { wholeName } from '../view/chord.ts';
import type { PaneName } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  name: PaneName;
  maximised: PaneName | null;
  toggle(pane: PaneName): void;
  /** Beside the title. */
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of the lab view with a title, which can have the whole room to itself. */
export function Pane({ name, maximised, toggle, tools, children }: Props) {
  const { words } = useWords();
  const title = words.lab.panes[name];
  const whole = maximised === name;
  const does = whole ? words.lab.restore : words.lab.maximise(title);
  return (
    <section
      id={`pane-${name}`}
      className={`pane pane-${name}`}
      data-pane={name}
      tabIndex={-1}
      aria-label={title}
    >
      <header className="pane-head">
        <h2>{title}</h2>
        {tools}
        <button
          type="button"
          className="icon maximise"
          aria-label={does}
          aria-keyshortcuts="Alt+Enter"
          title={`${does} (${wholeName})`}
          onClick={() => toggle(name)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={whole ? 'M6.5 2.5v4h-4M9.5 13.5v-4h4' : 'M9.5 2.5h4v4M6.5 13.5h-4v-4'} />
          </svg>
        </button>
      </header>
      {children}
    </section>
  );
}
