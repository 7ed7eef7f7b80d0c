import {
  ConnectionMode,
  ControlButton,
  Controls,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, useContext, useMemo, useRef, useState } from 'react';
import { framesOf } from '../../core/picture/frames.ts';
import { cardId, type Picture as Drawn, switchId } from '../../core/picture/model.ts';
import { routesOf } from '../../core/picture/routes.ts';
import { type Service, serviceBoxes } from '../../core/picture/services.ts';
import { boxOf } from '../../core/picture/size.ts';
import type { Spot } from '../../core/picture/spot.ts';
import type { LiveTraffic } from '../state/traffic.ts';
import { useWords } from '../words/use-words.ts';
import { useArrows } from './arrows.ts';
import { type CardHands, CardHandsContext, type CardNode, CardView, FoldContext } from './card.tsx';
import {
  type FrameNode,
  FrameView,
  frameNodes,
  type ServiceNode,
  ServiceView,
  serviceNodes,
} from './cluster-views.tsx';
import { ColourOrder } from './colour.ts';
import { useDetail } from './detail.ts';
import { type Drawing, flowEdges, flowNodes, reusing } from './flow.ts';
import { type Folded, fold, wayOf } from './fold.ts';
import { Minimap } from './minimap.tsx';
import { useNear } from './near.ts';
import { useTraffic } from './traffic.ts';
import { fitting, useFitted } from './use-fitted.ts';
import { useHit } from './use-hit.ts';
import { useKept } from './use-kept.ts';
import { useLaid } from './use-laid.ts';
import { type WireEdge, WireView } from './wire.tsx';

interface Props {
  /** Whose places and collapsed hosts the browser keeps. */
  lab: string;
  picture: Drawn;
  services: readonly Service[];
  fresh: ReadonlySet<string>;
  view: Record<string, [number, number]>;
  titles: Record<string, string>;
  hands: CardHands;
  spot: Spot | null;
  traffic: LiveTraffic;
  /** The elements that a search found; `at` is the one to be shown, `opened` if its switch is to be opened for it. */
  hits: readonly string[];
  at: string | null;
  opened: boolean;
  /** The node that is open beside the picture, and whether that or the traffic takes room from it. */
  beside: string | null;
  isNarrowed: boolean;
}

const nodeTypes = {
  card: CardView,
  switch: CardView,
  stack: CardView,
  service: ServiceView,
  frame: FrameView,
};
const edgeTypes = { wire: WireView };
/** Of more elements only those in sight are drawn. */
const most = 150;
/** The live picture. Loaded when it first opens. What does not concern it (a verdict) does not draw it again. */
export default memo(function Picture(props: Props) {
  const drawn = useHeld(props, props.hands.plugs?.isDrawn ?? false);
  return (
    <CardHandsContext.Provider value={props.hands}>
      <ReactFlowProvider>
        <Flow {...drawn} />
      </ReactFlowProvider>
    </CardHandsContext.Provider>
  );
});

/** The value of before, for as long as it is held. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const held = useRef(value);
  if (!isHeld) (held as { current: T }).current = value;
  return held.current;
}

function Flow(props: Props) {
  const { picture: whole, services: named, fresh, view, titles, spot, traffic, hits, at } = props;
  const { words } = useWords();
  const order = useContext(ColourOrder);
  const known = useMemo(() => new Set(whole.elements.map(({ id }) => id)), [whole]);
  const kept = useKept(props.lab, (id) => known.has(id) || order.some((node) => isOf(id, node)));
  const all = useMemo(() => fold(whole, kept.folds), [whole, kept.folds]);
  const { picture, laid } = useLaid(all.picture, view, named, props.isNarrowed);
  const folding = useMemo(() => ({ ...all, picture }), [all, picture]);
  const { hosts, folded, standIns } = folding;
  const places = useMemo(
    () => new Map([...laid, ...Object.entries(kept.places).filter(([id]) => laid.has(id))]),
    [laid, kept.places],
  );
  const subject = useMemo(() => elementOf(folding, props.beside), [folding, props.beside]);
  const shown = (id: string) => standIns.get(id) ?? id;
  const { nodes, edges } = useDrawn({
    ...{ picture, places, titles, fresh, order, hosts, folded },
    spot: useMemo(() => spotIn(folding, spot), [folding, spot]),
    hits: useMemo(() => new Set(hits.map((id) => standIns.get(id) ?? id)), [hits, standIns]),
    hit: at && shown(at),
    subject,
  });
  const { frames, services } = useMemo(() => {
    const boxes = serviceBoxes(named, picture.elements, laid);
    return {
      frames: frameNodes(framesOf(picture.elements, places), titles, order),
      services: serviceNodes(named, boxes),
    };
  }, [named, picture, laid, places, titles, order]);
  const drawings = useMemo(() => [...frames, ...nodes, ...services], [frames, nodes, services]);
  const drawn = useRef({ folding, places });
  (drawn as { current: typeof drawn.current }).current = { folding, places };
  useFitted(drawings, laid, named.length, at !== null, subject);
  useTraffic(traffic, whole, folding);
  useDetail();
  useNear(drawn);
  useHit(at, shown, places, props.opened, kept);
  const press = useArrows(drawn, kept);

  function move(changes: NodeChange<CardNode | ServiceNode | FrameNode>[]): void {
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
    );
    if (moved.length > 0) kept.place(Object.fromEntries(moved));
  }
  const boxes = useMemo(() => picture.elements.map((each) => boxOf(each, places)), [picture, places]);
  const isFolded = folded.size > 0;
  const isMoved = Object.keys(kept.places).some((id) => laid.has(id));

  return (
    <FoldContext.Provider value={kept.toggle(folded)}>
      <ReactFlow
        className="picture"
        aria-label={words.network.label}
        nodes={drawings}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={move}
        onKeyDown={press}
        connectionMode={ConnectionMode.Loose}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        onlyRenderVisibleElements={picture.elements.length > most}
        fitView
        fitViewOptions={fitting()}
        minZoom={0.1}
        maxZoom={1.6}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'controls.zoomIn.ariaLabel': words.network.zoomIn,
          'controls.zoomOut.ariaLabel': words.network.zoomOut,
          'controls.fitView.ariaLabel': words.network.fit,
        }}
      >
        <Controls
          showInteractive={false}
          fitViewOptions={fitting()}
          aria-label={words.network.picture}
          position="bottom-right"
        >
          {hosts.size > 0 && (
            <Tool
              id="fold-hosts"
              label={isFolded ? words.network.expandAll : words.network.collapseAll}
              path={
                isFolded
                  ? 'M8 2v12M2 8h12M3 3l2 2M13 3l-2 2M3 13l2-2M13 13l-2-2'
                  : 'M3 3h10v4H3zM5 9.5h6M6 12h4'
              }
              work={() => kept.fold(Object.fromEntries([...hosts.keys()].map((id) => [id, !isFolded])))}
            />
          )}
          {isMoved && (
            <Tool
              id="lay-out"
              label={words.network.layOut}
              path="M2.5 6a6 6 0 1 1-.4 4M2 2v4h4"
              work={() => kept.place(null)}
            />
          )}
        </Controls>
        <Minimap boxes={boxes} />
      </ReactFlow>
    </FoldContext.Provider>
  );
}

const isOf = (id: string, node: string): boolean => id === cardId(node) || id.startsWith(switchId(node, ''));

/** What stands for a node: its card, the hosts it is collapsed with, else a bridge of it. */
function elementOf({ picture, standIns }: Folded, node: string | null): string | null {
  if (node === null) return null;
  const id = standIns.get(cardId(node)) ?? cardId(node);
  const own = picture.elements.find((each) => each.id === id);
  return (own ?? picture.elements.find((each) => each.node === node))?.id ?? null;
}

/** The packet's place, on what stands for it where hosts are collapsed. */
function spotIn(folding: Folded, spot: Spot | null): Spot | null {
  if (spot === null) return null;
  const element = folding.standIns.get(spot.element) ?? spot.element;
  const { wire } = spot;
  return { ...spot, element, ...(wire === null ? {} : wayOf(folding, { wire, backwards: spot.backwards })) };
}

function Tool({ id, label, path, work }: { id: string; label: string; path: string; work(): void }) {
  return (
    <ControlButton id={id} className="picture-tool" aria-label={label} title={label} onClick={work}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </ControlButton>
  );
}

/** An update draws only the changed elements, however large the network is. */
function useDrawn(drawing: Drawing) {
  const [reuse] = useState(() => ({ nodes: reusing<CardNode>(), edges: reusing<WireEdge>() }));
  const { picture, places, titles, fresh, spot, order, hosts, folded, hits, hit, subject } = drawing;
  const nodes = useMemo(
    () =>
      reuse.nodes(
        flowNodes({ picture, places, titles, fresh, spot, order, hosts, folded, hits, hit, subject }),
      ),
    [reuse, picture, places, titles, fresh, spot, order, hosts, folded, hits, hit, subject],
  );
  const routes = useMemo(() => routesOf(picture, places), [picture, places]);
  const edges = useMemo(
    () => reuse.edges(flowEdges({ picture, routes, fresh, spot, order })),
    [reuse, picture, routes, fresh, spot, order],
  );
  return { nodes, edges };
}
