import {
  ConnectionMode,
  Controls,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useContext, useEffect, useMemo, useState } from 'react';
import type { LiveTraffic } from '../state/traffic.ts';
import { useWords } from '../words/use-words.ts';
import { type CardHands, CardHandsContext, type CardNode, CardView } from './card.tsx';
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
import { layout, type Place } from './layout.ts';
import type { Picture as Drawn } from './model.ts';
import { framesOf, type Service, serviceBoxes } from './services.ts';
import { sizeOf } from './size.ts';
import type { Spot } from './spot.ts';
import { useTraffic } from './traffic.ts';
import { type WireEdge, WireView } from './wire.tsx';

interface Props {
  picture: Drawn;
  /** Services, and the nodes that pods are on. */
  cluster: { services: readonly Service[]; hosts: ReadonlyMap<string, string> };
  fresh: ReadonlySet<string>;
  view: Record<string, [number, number]>;
  titles: Record<string, string>;
  hands: CardHands;
  spot: Spot | null;
  traffic: LiveTraffic;
}

const nodeTypes = { card: CardView, switch: CardView, service: ServiceView, frame: FrameView };
const edgeTypes = { wire: WireView };
/** On a phone, part of it that can be read is better than all of it that cannot. */
const fitting = () => ({
  padding: 0.06,
  maxZoom: 1.1,
  minZoom: matchMedia('(max-width: 640px)').matches ? 0.5 : 0.15,
});

/** The live picture. Loaded when it first opens. */
export default function Picture(props: Props) {
  return (
    <CardHandsContext.Provider value={props.hands}>
      <ReactFlowProvider>
        <Flow {...props} />
      </ReactFlowProvider>
    </CardHandsContext.Provider>
  );
}

function Flow({ picture, cluster, fresh, view, titles, spot, traffic }: Props) {
  const { words } = useWords();
  const order = useContext(ColourOrder);
  const shape =
    picture.elements.map((element) => `${element.id}:${sizeOf(element).height}`).join() +
    picture.wires.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another shape is laid out anew.
  const laid = useMemo(() => layout(picture, view), [shape, view]);
  const [moved, setMoved] = useState<ReadonlyMap<string, Place>>(new Map());
  const places = useMemo(() => new Map([...laid, ...moved]), [laid, moved]);
  const { nodes, edges } = useDrawn({ picture, places, titles, fresh, spot, order });
  const { frames, services } = useMemo(() => {
    const boxes = serviceBoxes(cluster.services, picture.elements, laid);
    return {
      frames: frameNodes(framesOf(picture.elements, cluster.hosts, places)),
      services: serviceNodes(cluster.services, boxes),
    };
  }, [cluster, picture, laid, places]);
  const all = useMemo(() => [...frames, ...nodes, ...services], [frames, nodes, services]);
  useFitting(shape + cluster.services.map(({ name }) => name).join());
  useTraffic(traffic, picture);
  useDetail();

  function move(changes: NodeChange<CardNode | ServiceNode | FrameNode>[]): void {
    const positions = changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
    );
    if (positions.length > 0) setMoved((before) => new Map([...before, ...positions]));
  }

  return (
    <ReactFlow
      className="picture"
      aria-label={words.network.label}
      nodes={all}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={move}
      connectionMode={ConnectionMode.Loose}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      deleteKeyCode={null}
      disableKeyboardA11y
      fitView
      fitViewOptions={fitting()}
      minZoom={0.15}
      maxZoom={1.6}
      proOptions={{ hideAttribution: true }}
    >
      <Controls
        showInteractive={false}
        fitViewOptions={fitting()}
        aria-label={words.network.picture}
        position="bottom-right"
      />
    </ReactFlow>
  );
}

/** An update draws only the changed elements, however large the network is. */
function useDrawn({ picture, places, titles, fresh, spot, order }: Drawing) {
  const [reuse] = useState(() => ({ nodes: reusing<CardNode>(), edges: reusing<WireEdge>() }));
  return useMemo(() => {
    const drawing = { picture, places, titles, fresh, spot, order };
    return { nodes: reuse.nodes(flowNodes(drawing)), edges: reuse.edges(flowEdges(drawing)) };
  }, [reuse, picture, places, titles, fresh, spot, order]);
}

/** All of it in view, whenever its shape or the room for it changes. */
function useFitting(shape: string): void {
  const { fitView } = useReactFlow();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape is the reason to fit again.
  useEffect(() => {
    const element = document.querySelector('.picture');
    if (!element) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let frame = 0;
    const sizes = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => void fitView({ ...fitting(), duration: still ? 0 : 250 }));
    });
    sizes.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    };
  }, [shape, fitView]);
}
