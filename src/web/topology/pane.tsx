import { Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { withoutHolders } from '../../core/picture/holders.ts';
import { pictureOf } from '../../core/picture/model.ts';
import { servicesOf } from '../../core/picture/services.ts';
import type { Spot } from '../../core/picture/spot.ts';
import { playground } from '../../core/play/playground.ts';
import { later } from '../parts/later.ts';
import { Pane } from '../parts/pane.tsx';
import { usePaced } from '../state/paced.ts';
import type { PaneName, ViewProps } from '../view/panes.ts';
import type { PacketQuestion } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import type { CardHands } from './card.tsx';
import { Find, useFinding } from './find.tsx';
import { Glance, useGlancing } from './glance.tsx';
import type { Ends } from './hands.ts';
import { usePlugs } from './plugs.tsx';
import type { Shown } from './shown.ts';
import { withSoon } from './soon.ts';
import { NetworkTable } from './table.tsx';
import './card.css';
import './detail.css';
import './topology.css';
import './table.css';
import './traffic.css';
import { useNews } from './use-news.ts';

const Picture = later(() => import('./picture.tsx'));
const Flows = later(() => import('./flows.tsx'));
const NodePane = later(() => import('./node-pane.tsx'));

interface Props extends ViewProps {
  viewed: string;
  titles: Record<string, string>;
  maximised: PaneName | null;
  toggle(pane: PaneName): void;
  open(node: string): void;
  /** The packet's place, the nodes between which one is being sent, and the way to send one. */
  spot: Spot | null;
  ends: Ends | null;
  choose(ends: Partial<Ends>): void;
  packets(): void;
  /** Sends a packet and opens its path. */
  trace(question: PacketQuestion): void;
}

/** The network as the kernel has it, drawn or as a table. */
export function NetworkPane(props: Props) {
  const { bench, lab, snapshot, viewed, titles, maximised, toggle, spot, packets } = props;
  const { words } = useWords();
  // A large picture takes longer to draw than a tick, a key or a click may wait.
  const observation = useDeferredValue(usePaced(bench.live.observation));
  const [asTable, setAsTable] = useState(false);
  /** Beside the picture: the live traffic, or a node. */
  const [beside, setBeside] = useState<'flows' | Shown | null>(null);
  const flows = beside === 'flows';
  const closeBeside = useCallback(() => setBeside(null), []);
  const kernel = useMemo(() => observation && pictureOf(observation), [observation]);
  const services = useMemo(() => observation && servicesOf(observation), [observation]);
  const fresh = useNews(kernel, observation, snapshot.machine.pid);
  // Outlines of the lines that a practised mistake left out would reveal its place; a playground has no task.
  const step =
    viewed === snapshot.step && snapshot.practice === null && lab.id !== playground
      ? lab.steps.find(({ id }) => id === viewed)
      : undefined;
  const picture = useMemo(() => kernel && withSoon(kernel, step), [kernel, step]);
  // Where one builds by hand, each node has its card: cables are laid from it.
  const drawn = useMemo(
    () => picture && (lab.id === playground ? picture : withoutHolders(picture)),
    [picture, lab.id],
  );
  const finding = useFinding(drawn, titles);
  const glancing = useGlancing();
  const hands = useHands(props, setBeside, glancing);
  const looked = picture?.elements.find(({ id }) => id === glancing.glanced);

  const tools = (
    <>
      <button id="picture-or-table" type="button" className="small" onClick={() => setAsTable(!asTable)}>
        {asTable ? words.network.picture : words.network.table}
      </button>
      <button
        id="find"
        type="button"
        className="small"
        aria-pressed={finding.text !== null}
        onClick={finding.toggle}
      >
        {words.network.find.open}
      </button>
      <button
        id="flows"
        type="button"
        className="small"
        aria-pressed={flows}
        onClick={() => setBeside(flows ? null : 'flows')}
      >
        {words.network.traffic.open}
      </button>
      <button
        id="packets"
        type="button"
        className="small"
        aria-pressed={props.ends !== null}
        onClick={packets}
      >
        {words.packet.open}
      </button>
    </>
  );
  return (
    <Pane name="picture" maximised={maximised} toggle={toggle} tools={tools}>
      {finding.text !== null && <Find finding={finding} />}
      <div className="network-views" data-beside={beside !== null || undefined}>
        {!observation || !picture || !drawn || !services ? (
          <Waiting />
        ) : asTable ? (
          <NetworkTable
            picture={finding.narrow(picture)}
            observation={observation}
            fresh={fresh}
            titles={titles}
            hands={hands}
          />
        ) : (
          <Suspense fallback={<Waiting />}>
            <Picture
              {...{ services, fresh, titles, hands, spot }}
              {...{ hits: finding.hits, at: finding.at, opened: finding.opened }}
              beside={beside !== null && beside !== 'flows' ? beside.node : null}
              isNarrowed={beside !== null}
              lab={lab.id}
              picture={drawn}
              view={lab.view}
              traffic={bench.traffic}
            />
          </Suspense>
        )}
        {flows && observation && (
          <Suspense fallback={null}>
            <Flows
              traffic={bench.traffic}
              nodes={Object.keys(observation.nodes)}
              trace={props.trace}
              close={closeBeside}
            />
          </Suspense>
        )}
        {beside !== null && beside !== 'flows' && (
          <Suspense fallback={null}>
            <NodePane shown={beside} show={setBeside} close={closeBeside} {...{ bench, titles }} />
          </Suspense>
        )}
      </div>
      {looked && !asTable && (
        <Glance
          key={looked.id}
          bench={bench}
          element={looked.id}
          node={looked.node}
          title={titles[looked.node] ?? ''}
          glancing={glancing}
        />
      )}
    </Pane>
  );
}

function Waiting() {
  const { words } = useWords();
  return (
    <p className="quiet pane-empty" role="status">
      {words.network.waiting}
    </p>
  );
}

/** The same functions in every rendering of the view: they read the present state when they are called. */
function useHands(
  props: Props,
  show: (shown: Shown) => void,
  { look, rest }: ReturnType<typeof useGlancing>,
): CardHands {
  const now = useRef(props);
  (now as { current: Props }).current = props;
  const { ends } = props;
  const plugs = usePlugs(props, rest);
  return useMemo(
    () => ({
      show(node, table) {
        rest();
        show({ node, table: table ?? null });
      },
      open: (node) => now.current.open(node),
      choose: (chosen) => now.current.choose(chosen),
      ends,
      plugs,
      glance: look,
    }),
    [ends, plugs, show, look, rest],
  );
}
