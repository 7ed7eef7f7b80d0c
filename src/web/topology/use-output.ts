import { useEffect, useRef, useState } from 'react';
import { runIn } from '../connection/run-in.ts';
import type { NodeState } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';

/** Not sooner again than after the first; without any news after the second. In milliseconds. */
const soonest = 1000;
const latest = 5000;

/**
 * What a command prints in a node, read again when packets pass in the machine, when the node changes, and
 * every few seconds while the page is visible. Null until it has printed.
 */
export function useOutput(
  { link, session, traffic }: Bench,
  node: string,
  command: string | undefined,
  state: NodeState,
): string | null {
  const [read, setRead] = useState<{ of: string; text: string } | null>(null);
  const wake = useRef(() => {});
  const of = `${node} ${command}`;

  useEffect(() => {
    if (command === undefined) return;
    let here = true;
    let reading = false;
    let begun = 0;
    let timer = 0;
    async function ask(): Promise<void> {
      if (document.visibilityState === 'visible') {
        reading = true;
        begun = performance.now();
        const text = await runIn(link, session, node, ['sh', '-c', command ?? '']).catch(() => null);
        reading = false;
        if (here && text !== null) setRead({ of, text });
      }
      if (here) plan(latest);
    }
    function plan(wait: number): void {
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), wait);
    }
    const sooner = () => {
      if (!reading) plan(Math.max(0, begun + soonest - performance.now()));
    };
    (wake as { current: () => void }).current = sooner;
    void ask();
    const unwatch = traffic.watch();
    const deafen = traffic.onCrossings(sooner);
    return () => {
      here = false;
      clearTimeout(timer);
      unwatch();
      deafen();
    };
  }, [link, session, traffic, node, command, of]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the node is the reason to ask again.
  useEffect(() => wake.current(), [state]);

  return read?.of === of ? read.text : null;
}
