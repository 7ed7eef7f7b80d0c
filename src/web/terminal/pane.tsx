import { type CSSProperties, Suspense, useEffect, useState } from 'react';
import { Divider } from '../parts/divider.tsx';
import { later } from '../parts/later.ts';
import { Pane } from '../parts/pane.tsx';
import { choose, settings } from '../settings/settings.ts';
import { usePaced } from '../state/paced.ts';
import { useStore } from '../store/store.ts';
import { useColours } from '../topology/colour.ts';
import { chordName, findName } from '../view/chord.ts';
import type { PaneName, ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import './terminal.css';
import type { Shell } from '../shells/shell.ts';
import { mostTerminals, nameOf } from '../shells/terminals.ts';

const Screen = later(() => import('./screen.tsx'));

interface Props extends ViewProps {
  maximised: PaneName | null;
  toggle(pane: PaneName): void;
  open(node: string): void;
}

/** Up to four shells, one in front of the others or side by side. */
export function TerminalsPane({ bench, lab, snapshot, maximised, toggle, open }: Props) {
  const { words } = useWords();
  const { split, terminalWidth, terminalHeight } = useStore(settings);
  const shells = useStore(bench.terminals.shells);
  const front = useStore(bench.terminals.front);
  const observation = usePaced(bench.live.observation);
  const colourOf = useColours();
  const nodes = Object.keys(observation?.nodes ?? { host: null });
  const [searched, setSearched] = useState<number | null>(null);
  const beside = (split && shells.length > 1) || undefined;
  const first = lab.steps.find(({ id }) => id === snapshot.step)?.solution[0]?.on ?? 'host';

  // The first terminal should be there without a search.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the view opens.
  useEffect(() => {
    if (bench.terminals.shells.get().length === 0) bench.terminals.open(first);
  }, [bench]);

  const tools = (
    <>
      <div
        className="terminal-tabs"
        role="toolbar"
        aria-label={words.lab.panes.terminals}
        data-many={shells.length > 2 || undefined}
      >
        {shells.map((shell) => (
          <Tab
            key={shell.id}
            shell={shell}
            name={nameOf(shell, shells)}
            colour={colourOf(shell.node)}
            inFront={shell.id === front}
            bring={() => bench.terminals.front.set(shell.id)}
            close={() => bench.terminals.close(shell.id)}
          />
        ))}
      </div>
      {shells.length < mostTerminals && (
        <select
          className="terminal-new"
          aria-label={words.terminal.open}
          title={words.terminal.open}
          value=""
          onChange={({ target }) => open(target.value)}
        >
          <option value="" disabled>
            +
          </option>
          {nodes.map((node) => (
            <option key={node}>{node}</option>
          ))}
        </select>
      )}
      <span className="terminal-leave">
        <kbd>{chordName}</kbd> {words.terminal.leave}
      </span>
      {shells.length > 0 && (
        <button
          id="find-in-terminal"
          type="button"
          className="small terminal-search"
          data-split={beside}
          title={findName}
          aria-expanded={searched === front}
          onClick={() => setSearched(searched === front ? null : front)}
        >
          {words.terminal.find.open}
        </button>
      )}
      {shells.length > 1 && (
        <button
          type="button"
          className="small terminal-split"
          data-split={beside}
          onClick={() => choose({ split: !split })}
        >
          {split ? words.terminal.single : words.terminal.split}
        </button>
      )}
    </>
  );
  return (
    <Pane name="terminals" maximised={maximised} toggle={toggle} tools={tools}>
      {shells.length === 0 && <p className="quiet pane-empty">{words.terminal.none}</p>}
      <div
        className="screens"
        style={{ '--across': `${terminalWidth}%`, '--along': `${terminalHeight}%` } as CSSProperties}
        data-split={beside}
        data-count={shells.length}
      >
        <Suspense fallback={null}>
          {shells.map((shell) => (
            <section
              key={shell.id}
              className={`screen-frame ${colourOf(shell.node)}`}
              data-front={shell.id === front || undefined}
              data-node={shell.node}
              aria-label={`${words.lab.panes.terminals}: ${nameOf(shell, shells)}`}
              onFocus={() => bench.terminals.front.set(shell.id)}
            >
              <Screen
                shell={shell}
                label={`${nameOf(shell, shells)}. ${chordName} ${words.terminal.leave}`}
                colour={colourOf(shell.node)}
                inFront={shell.id === front}
                seen={split || shell.id === front}
                searching={shell.id === searched}
                search={(on) => setSearched(on ? shell.id : null)}
              />
              <Ended shell={shell} />
            </section>
          ))}
        </Suspense>
        {beside && (
          <Divider
            label={words.terminal.width}
            direction="across"
            value={terminalWidth}
            least={20}
            most={80}
            change={(value) => choose({ terminalWidth: value })}
          />
        )}
        {split && shells.length > 2 && (
          <Divider
            label={words.terminal.height}
            direction="along"
            value={terminalHeight}
            least={20}
            most={80}
            change={(value) => choose({ terminalHeight: value })}
          />
        )}
      </div>
    </Pane>
  );
}

interface TabProps {
  shell: Shell;
  name: string;
  colour: string;
  inFront: boolean;
  bring(): void;
  close(): void;
}

function Tab({ shell, name, colour, inFront, bring, close }: TabProps) {
  const { words } = useWords();
  const state = useStore(shell.state);
  return (
    <span className={`terminal-tab ${colour}`} data-state={state}>
      <button type="button" aria-pressed={inFront} onClick={bring}>
        <span className="terminal-dot" />
        {name}
      </button>
      <button
        type="button"
        className="terminal-close"
        aria-label={words.terminal.close(name)}
        title={words.terminal.close(name)}
        onClick={close}
      >
        ×
      </button>
    </span>
  );
}

function Ended({ shell }: { shell: Shell }) {
  const { words } = useWords();
  const state = useStore(shell.state);
  if (state === 'opening') return <progress className="screen-opening" aria-label={words.terminal.opening} />;
  if (state !== 'ended') return null;
  return (
    <p className="screen-ended" role="status">
      {words.terminal.ended}
    </p>
  );
}
