import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Frame } from '../../core/picture/frames.ts';
import type { Service } from '../../core/picture/services.ts';
import type { Box } from '../../core/picture/size.ts';
import { useWords } from '../words/use-words.ts';
import { colourOf } from './colour.ts';

export type ServiceNode = Node<{ service: Service }, 'service'>;
export type FrameNode = Node<{ node: string; title: string; colour: string }, 'frame'>;

/** A Service is not a node: it has no interface and no cable, and the picture says so. */
export const ServiceView = memo(function ServiceView({ data: { service } }: NodeProps<ServiceNode>) {
  const { words } = useWords();
  // Of `namespace/name` the name: it is what is left where the card is small.
  const [namespace = '', name = ''] = service.name.split('/');
  return (
    <article className="card card-service">
      <header className="card-head">
        <span className="card-name">{name}</span>
        <span className="card-kind">
          {namespace} · {words.network.service}
        </span>
      </header>
      <ul className="card-rows">
        {service.addresses.map((address) => (
          <li key={address} className="card-row">
            <span className="card-addresses">{address}</span>
          </li>
        ))}
        <li className="card-row quiet">{words.network.virtual}</li>
      </ul>
    </article>
  );
});

/** Around a node and what is inside it. */
export const FrameView = memo(function FrameView({ data: { node, title, colour } }: NodeProps<FrameNode>) {
  return (
    <div className={`frame ${colour}`} aria-hidden="true">
      <span className="frame-name">
        <span>{node}</span>
        {title && <span className="quiet">&nbsp;· {title}</span>}
      </span>
    </div>
  );
});

const still = ({ id, x, y, width, height }: Box) => ({
  id,
  position: { x, y },
  width,
  height,
  measured: { width, height },
  handles: [],
  draggable: false,
});

export const frameNodes = (
  frames: readonly Frame[],
  titles: Record<string, string>,
  order: readonly string[],
): FrameNode[] =>
  frames.map(({ node, ...box }) => ({
    ...{ ...still(box), type: 'frame', zIndex: -1 },
    data: { node, title: titles[node] ?? '', colour: colourOf(node, order) },
  }));

export const serviceNodes = (services: readonly Service[], boxes: readonly Box[]): ServiceNode[] =>
  services.flatMap((service, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ ...still(box), type: 'service', data: { service } }];
  });
