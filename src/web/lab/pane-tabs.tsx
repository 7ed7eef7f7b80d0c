import type { Tab } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';

/** Where there is room for one pane only, these choose it. */
export function PaneTabs({ tab, choose }: { tab: Tab; choose(tab: Tab): void }) {
  const { words } = useWords();
  return (
    <nav className="pane-tabs" aria-label={words.lab.tabs}>
      {(['prose', 'picture', 'checks', 'terminals'] as const).map((pane) => (
        <button
          key={pane}
          type="button"
          aria-current={tab === pane || undefined}
          onClick={() => choose(pane)}
        >
          {words.lab.panes[pane]}
        </button>
      ))}
    </nav>
  );
}
