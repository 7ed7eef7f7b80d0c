import type { Tab } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';

const always = ['prose', 'picture', 'checks', 'terminals'] as const;

interface Props {
  tab: Tab;
  /** The packets are open. */
  packets: boolean;
  choose(tab: Tab): void;
}

/** The choice of the one pane on a narrow page. */
export function PaneTabs({ tab, packets, choose }: Props) {
  const { words } = useWords();
  return (
    <nav className="pane-tabs" aria-label={words.lab.tabs}>
      {([...always, ...(packets ? (['packets'] as const) : [])] as const).map((pane) => (
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
