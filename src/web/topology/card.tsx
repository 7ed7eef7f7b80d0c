import type { Node, NodeProps } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { type Card, type Element, nameOf, type Stack, type Switch } from '../../core/picture/model.ts';
import type { Spot } from '../../core/picture/spot.ts';
import type { NodeState } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';
import { BadgeList } from './badge-list.tsx';
import { Rows, WireEnd, WireEnds } from './card-rows.tsx';
import type { Ends } from './hands.ts';
import { factsIn } from './news.ts';
import type { TableName } from './node-tables.ts';
import { Plug, type Plugs } from './plugs.tsx';

export type CardNode = Node<
  {
    element: Element;
    title: string;
    colour: string;
    /** The parts that just changed; keys of news.ts. */
    fresh: string[];
    /** The direction of the packet that is here now. */
    here: Spot['direction'] | null;
    /** How many hosts of it can be collapsed, and whether they are. */
    hosts: number;
    folded: boolean;
    /** Its node has no card of its own. */
    alone: boolean;
  },
  Element['kind']
>;

/** The actions on a card. Not part of its data: a card is drawn anew only when the kernel's state is. */
export interface CardHands {
  /** Opens the node beside the picture, at one of its tables if one is named. */
  show(node: string, table?: TableName): void;
  open(node: string): void;
  /** Between which nodes a packet is to be sent, while that is being chosen. */
  ends: Ends | null;
  choose(ends: Partial<Ends>): void;
  /** Where a network is built by hand. */
  plugs: Plugs | null;
  /** The pointer or the focus is on it, or left it. */
  glance(id: string | null): void;
}

export const CardHandsContext = createContext<CardHands | null>(null);

/** Collapses the hosts of a switch, or shows them again. */
export const FoldContext = createContext<(id: string) => void>(() => {});

/** A node, a switch or its collapsed hosts in the picture. */
export const CardView = memo(function CardView({ data }: NodeProps<CardNode>) {
  const { element } = data;
  return element.kind === 'stack' ? (
    <StackView stack={element} {...data} />
  ) : (
    <ElementView {...data} element={element} />
  );
});

function ElementView(data: CardNode['data'] & { element: Card | Switch }) {
  const { element, title, colour, fresh, here } = data;
  const { words } = useWords();
  const hands = useContext(CardHandsContext);
  const isSwitch = element.kind === 'switch';
  const kind = isSwitch ? words.network.bridge : words.network.kinds[element.nodeKind];
  const name = nameOf(element);
  const classes = [
    'card',
    `card-${element.kind}`,
    colour,
    element.soon && 'soon',
    fresh.includes(element.id) && 'fresh',
    here && `here packet-${here}`,
  ];
  const facts = factsIn(fresh);
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-card={element.soon ? undefined : element.id}
      onPointerEnter={() => hands?.glance(element.soon ? null : element.id)}
      onPointerLeave={() => hands?.glance(null)}
      onFocus={({ target }) => {
        if (target.matches(':focus-visible')) hands?.glance(element.soon ? null : element.id);
      }}
      onBlur={() => hands?.glance(null)}
    >
      {facts.length > 0 && (
        <p className="card-news">
          {facts.map((fact) => (
            <span key={fact}>{words.network[fact]}</span>
          ))}
        </p>
      )}
      <WireEnds row="" />
      <header className="card-head">
        <Icon kind={isSwitch ? 'switch' : element.nodeKind} />
        {element.soon ? (
          <span className="card-name">{name}</span>
        ) : (
          <button
            type="button"
            className="card-name nodrag"
            aria-label={
              isSwitch
                ? `${element.name}: ${words.network.details(element.node)}`
                : words.network.details(element.node)
            }
            onClick={() => hands?.show(element.node)}
          >
            {!isSwitch && element.nodeKind === 'pod' ? <PodName name={name} /> : name}
          </button>
        )}
        <span className="card-kind">
          {isSwitch && !element.soon && <span className="card-inside">{kind} · </span>}
          {element.soon ? words.network.soon : isSwitch ? element.node : title || kind}
          {!isSwitch && element.host !== null && (
            <span className="card-inside">, {words.network.inside(element.host)}</span>
          )}
        </span>
        {data.hosts > 0 && <FoldButton id={element.id} hosts={data.hosts} folded={data.folded} />}
        {hands && !element.soon && <CardTools element={element} hands={hands} alone={data.alone} />}
      </header>
      <Rows element={element} fresh={fresh} />
      {element.kind === 'card' && (
        <BadgeList
          node={element.node}
          badges={element.badges}
          isBrief={element.isBrief ?? false}
          open={(table) => hands?.show(element.node, table)}
        />
      )}
      <WireEnd id="t" at="top" />
      <WireEnd id="b" at="bottom" />
    </article>
  );
}

/** Pods of one Deployment differ at the end of their names alone: where there is no room, the middle is left out. */
function PodName({ name }: { name: string }) {
  const [, start, end] = /^(.+)(-[^-]{1,8})$/.exec(name) ?? ['', name, ''];
  return (
    <span className="card-pod">
      <span>{start}</span>
      <span>{end}</span>
    </span>
  );
}

/** Hosts of a switch, one behind the other: a click shows them. */
function StackView({ stack, colour, fresh, here }: CardNode['data'] & { stack: Stack }) {
  const { words } = useWords();
  const toggle = useContext(FoldContext);
  const { nodes, bridge, members } = stack;
  const classes = [
    ...['card', 'card-stack', colour],
    fresh.some((key) => members.includes(key)) && 'fresh',
    here && `here packet-${here}`,
  ];
  return (
    <article className={classes.filter(Boolean).join(' ')}>
      <WireEnds row="" />
      <header className="card-head">
        <button
          type="button"
          className="card-name nodrag"
          aria-expanded={false}
          aria-label={words.network.expand(nodes.length, bridge)}
          onClick={() => toggle(stack.id.slice('stack '.length))}
        >
          {words.network.hostCount(nodes.length)}
        </button>
      </header>
      <p className="card-members">{nodes.join(', ')}</p>
    </article>
  );
}

function FoldButton({ id, hosts, folded }: { id: string; hosts: number; folded: boolean }) {
  const { words } = useWords();
  const toggle = useContext(FoldContext);
  const bridge = id.split(' ')[2] ?? '';
  const label = (folded ? words.network.expand : words.network.collapse)(hosts, bridge);
  return (
    <button
      type="button"
      className="card-fold nodrag"
      aria-expanded={!folded}
      aria-label={label}
      title={label}
      data-hosts={`${folded ? '+' : '−'}${hosts}`}
      onClick={() => toggle(id)}
    />
  );
}

const shapes: Record<NodeState['kind'] | 'switch', string> = {
  machine: 'M2 3h12v8H2zM6 14h4M8 11v3',
  host: 'M3 2h10v12H3zM5.5 5h5M5.5 8h5M7.9 11.5h.2',
  netns: 'M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M6 6h4v4H6z',
  container: 'M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6',
  pod: 'M8 2l5 2.4 1.2 5.3-3.4 4.3H5.2L1.8 9.7 3 4.4z',
  switch: 'M2 5.5h9M8.5 3L11 5.5 8.5 8M14 10.5H5M7.5 8L5 10.5 7.5 13',
};

/** The kind of node by shape; its words stand at the right. */
function Icon({ kind }: { kind: keyof typeof shapes }) {
  return (
    <svg className="card-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[kind]} />
    </svg>
  );
}

/** One kind of button at a time: from far away two beside each other would be too small to hit. */
function CardTools({ element, hands, alone }: { element: Card | Switch; hands: CardHands; alone: boolean }) {
  const { words } = useWords();
  const { ends, plugs, choose, open } = hands;
  const { node } = element;
  if (plugs !== null && ends === null) {
    const name = element.kind === 'switch' ? element.name : node;
    return <Plug card={element.id} name={name} plugs={plugs} />;
  }
  if (element.kind === 'switch' && (!alone || ends !== null)) return null;
  if (ends === null) {
    return (
      <button
        type="button"
        className="card-open nodrag"
        title={words.prose.open(node)}
        aria-label={words.prose.open(node)}
        onClick={() => open(node)}
      >
        ›_
      </button>
    );
  }
  return (['from', 'to'] as const).map((end) => (
    <button
      key={end}
      type="button"
      className="card-end nodrag"
      aria-label={`${words.packet[end]}: ${node}`}
      aria-pressed={ends[end] === node}
      onClick={() => choose({ [end]: node })}
    >
      {words.packet[end]}
    </button>
  ));
}
