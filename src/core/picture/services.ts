import type { Observation } from '../state/observation.ts';
import type { Element } from './model.ts';
import type { Place } from './place.ts';
import { type Box, boxOf, cardWidth } from './size.ts';

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
    const box = { id: `service ${name}`, x, y, width: cardWidth, height };
    y += height + gap;
    return box;
  });
}
