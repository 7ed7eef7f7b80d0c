import { useMemo, useRef } from 'react';
import { nodesOf } from '../../core/picture/node-order.ts';
import { usePaced } from '../state/paced.ts';
import type { Lab } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';

/** The lab's nodes, then others as they appear: each keeps its place, and so its colour, for as long as the view is open. */
export function useNodeOrder(bench: Bench, lab: Lab): readonly string[] {
  const observation = usePaced(bench.live.observation);
  const first = useMemo(() => nodesOf(lab), [lab]);
  const order = useRef<readonly string[]>([]);
  const names = [...first, ...order.current, ...Object.keys(observation?.nodes ?? {})];
  const next = [...new Set(names)];
  if (next.join() !== order.current.join()) order.current = next;
  return order.current;
}
