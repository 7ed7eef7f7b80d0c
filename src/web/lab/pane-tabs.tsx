import type { Tab } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';

/** The choice of the one pane on a narrow page. */
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
