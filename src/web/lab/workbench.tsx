import { type CSSProperties, useEffect, useMemo, useState } from 'react';
import type { Spot } from '../../core/picture/spot.ts';
import { PacketPane, toForm } from '../packet/pane.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Divider } from '../parts/divider.tsx';
import { SendContext } from '../prose/trace-line.ts';
import { choose as chooseSetting, settings } from '../settings/settings.ts';
import type { Lab } from '../state/protocol-types.ts';
import { ProsePane } from '../steps/pane.tsx';
import { StepDone } from '../steps/step-done.tsx';
import { useStore } from '../store/store.ts';
import { TerminalsPane } from '../terminal/pane.tsx';
import { ColourOrder } from '../topology/colour.ts';
import type { Ends } from '../topology/hands.ts';
import { NetworkPane } from '../topology/pane.tsx';
import type { PaneName, Tab, ViewProps } from '../view/panes.ts';
import type { PacketQuestion } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { Header } from './header.tsx';
import { Keys } from './keys.tsx';
import { Notices } from './notices.tsx';
import { PaneTabs } from './pane-tabs.tsx';
import { useActions } from './use-actions.tsx';
import { useNodeOrder } from './use-node-order.ts';

/** The lab view: text on the left, the network over the terminals on the right. */
export function Workbench({ bench, lab, snapshot }: ViewProps) {
  const { words, language } = useWords();
  const { proseWidth, pictureHeight, terminalsWidth } = useStore(settings);
  const [maximised, setMaximised] = useState<PaneName | null>(null);
  const [tab, setTab] = useState<Tab>('prose');
  const [packets, setPackets] = useState(false);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [ends, setEnds] = useState<Ends>(() => usualEnds(lab));
  const actions = useActions({ bench, lab, snapshot });
  useTitle(lab.title[language]);

  // Wherever it was asked for: a hint that cannot be seen is none.
  useEffect(() => {
    if (actions.hint === null) return;
    setMaximised((whole) => (whole === 'prose' ? whole : null));
    setTab('checks');
  }, [actions.hint]);

  const toggle = (pane: PaneName) => setMaximised(maximised === pane ? null : pane);
  const open = (node: string) => {
    if (!bench.terminals.open(node)) bench.notice.set(words.terminal.limit);
    else setTab('terminals');
  };
  const togglePackets = () => {
    setPackets(!packets);
    setMaximised(null);
    setTab(packets ? 'picture' : 'packets');
  };
  const showPackets = () => {
    setPackets(true);
    setMaximised(null);
    setTab('packets');
  };
  const trace = (question: PacketQuestion) => {
    setEnds({ from: question.from, to: question.to });
    bench.asked.set(question);
    showPackets();
  };
  const keyForPackets = (from: PaneName) => {
    if (from === 'packets') return togglePackets();
    showPackets();
    requestAnimationFrame(toForm);
  };
  const choose = (chosen: Partial<Ends>) => setEnds((before) => ({ ...before, ...chosen }));
  const sizes = {
    '--prose': `${proseWidth}%`,
    '--picture': `${pictureHeight}%`,
    '--terminals': `${terminalsWidth}%`,
  } as CSSProperties;
  const titles = useMemo(
    () => Object.fromEntries(lab.topology.nodes.map(({ name, title }) => [name, title?.[language] ?? ''])),
    [lab, language],
  );
  const common = { bench, lab, snapshot, maximised, toggle };

  return (
    <ColourOrder.Provider value={useNodeOrder(bench, lab)}>
      <Header lab={lab} snapshot={snapshot} actions={actions} bench={bench} />
      <Notices bench={bench} snapshot={snapshot} reset={actions.reset} />
      <PaneTabs tab={tab} packets={packets} choose={setTab} />
      <main className="workbench" style={sizes} data-maximised={maximised ?? undefined} data-tab={tab}>
        <SendContext.Provider value={trace}>
          <ProsePane {...common} actions={actions} open={open} />
        </SendContext.Provider>
        <Divider
          label={words.lab.resize(words.lab.panes.prose)}
          direction="across"
          value={proseWidth}
          least={20}
          most={60}
          change={(value) => chooseSetting({ proseWidth: value })}
        />
        <div className="stack" data-packets={packets || undefined}>
          <NetworkPane
            {...common}
            viewed={actions.viewed}
            titles={titles}
            open={open}
            spot={spot}
            ends={packets ? ends : null}
            choose={choose}
            packets={togglePackets}
            trace={trace}
          />
          <Divider
            label={words.lab.resize(words.lab.panes.picture)}
            direction="along"
            value={pictureHeight}
            least={15}
            most={85}
            change={(value) => chooseSetting({ pictureHeight: value })}
          />
          <TerminalsPane {...common} open={open} />
          <StepDone {...{ bench, lab, snapshot, actions }} />
          {packets && (
            <>
              <Divider
                label={words.lab.resize(words.lab.panes.terminals)}
                direction="across"
                value={terminalsWidth}
                least={20}
                most={70}
                change={(value) => chooseSetting({ terminalsWidth: value })}
              />
              <PacketPane {...common} {...{ ends, choose }} show={setSpot} close={togglePackets} />
            </>
          )}
        </div>
      </main>
      {actions.question && <Confirm question={actions.question} close={actions.ask} />}
      <Keys {...{ actions, toggle, open }} goTo={setTab} packets={keyForPackets} />
    </ColourOrder.Provider>
  );
}

/** From the first node that is not the machine itself, to nowhere yet. */
function usualEnds({ topology }: Lab): Ends {
  return { from: topology.nodes.find(({ name }) => name !== 'host')?.name ?? 'host', to: '' };
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · hoplab`;
    return () => {
      document.title = 'hoplab';
    };
  }, [title]);
}
