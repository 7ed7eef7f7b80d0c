import type { Observation } from '../state/protocol-types.ts';
import type { Place } from './layout.ts';
import type { Element } from './model.ts';
import { sizeOf } from './size.ts';

/** A Service of a cluster: an address that no interface has. It is only in kube-proxy's rules, alike on every node. */
export interface Service {
  name: string;
  /** `10.96.0.10:53`, by TCP where nothing else is said. */
  addresses: string[];
}

const ruleOf =
  /^-A KUBE-SERVICES -d ([\d.]+)\/32 -p (\w+) .*--comment "([^" :]+)(?::\S+)? (?:cluster IP|has no endpoints)".* --dport (\d+) /gm;

export function servicesOf({ nodes }: Observation): Service[] {
  const found = new Map<string, Set<string>>();
  for (const { rules } of Object.values(nodes)) {
    for (const [, address, protocol, name = '', port] of rules.ipv4.matchAll(ruleOf)) {
      const addresses = found.get(name) ?? new Set();
      found.set(name, addresses.add(`${address}:${port}${protocol === 'tcp' ? '' : `/${protocol}`}`));
    }
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, addresses]) => ({ name, addresses: [...addresses] }));
}

export interface Box extends Place {
  id: string;
  width: number;
  height: number;
}

const margin = 14;
const headHeight = 38;
const lineHeight = 24;
const gap = 24;

/** Services stand beside the picture, one under the other. */
export function serviceBoxes(
  services: readonly Service[],
  elements: readonly Element[],
  places: ReadonlyMap<string, Place>,
): Box[] {
  const boxes = elements.map((element) => boxOf(element, places));
  const x = Math.max(...boxes.map((box) => box.x + box.width)) + 3 * gap;
  let y = Math.min(...boxes.map((box) => box.y));
  return services.map(({ name, addresses }) => {
    const height = headHeight + (addresses.length + 1) * lineHeight;
    const box = { id: `service ${name}`, x, y, width: 240, height };
    y += height + gap;
    return box;
  });
}

/**
 * Around a node and the pods on it. A pod is on the node that its cable leads to. Where another node's card lies between
 * them no frame is drawn: it would say that this one is part of the node too.
 */
export function framesOf(
  elements: readonly Element[],
  hostOf: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, Place>,
): Box[] {
  const pods = elements.filter((element) => element.kind === 'card' && element.nodeKind === 'pod');
  const hosts = [...new Set(pods.flatMap(({ node }) => hostOf.get(node) ?? []))];
  return hosts.flatMap((host) => {
    const isWithin = ({ node }: Element) => node === host || hostOf.get(node) === host;
    const frame = around(
      `frame ${host}`,
      elements.filter(isWithin).map((each) => boxOf(each, places)),
    );
    const others = elements.filter((each) => !isWithin(each)).map((each) => boxOf(each, places));
    return others.some((other) => overlap(frame, other)) ? [] : [frame];
  });
}

/** Pod -> the node at the other end of its cable. */
export function hostsOfPods({ nodes }: Observation): Map<string, string> {
  const hosts = new Map<string, string>();
  for (const [node, { kind, links }] of Object.entries(nodes)) {
    const host = kind === 'pod' ? links.find(({ peer }) => peer !== null)?.peer?.node : undefined;
    if (host !== undefined) hosts.set(node, host);
  }
  return hosts;
}

const boxOf = (element: Element, places: ReadonlyMap<string, Place>): Box => ({
  id: element.id,
  ...(places.get(element.id) ?? { x: 0, y: 0 }),
  ...sizeOf(element),
});

function around(id: string, boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - margin;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
  return { id, x, y, width: right - x, height: bottom - y };
}

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
