import { Drawer } from '../parts/drawer.tsx';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { NodeFacts } from './facts.tsx';

interface Props {
  bench: Bench;
  node: string;
  title: string;
  close(): void;
}

/** Everything about one node, for as long as there is one. */
export function NodeDetails({ bench, node, title, close }: Props) {
  const { words } = useWords();
  const state = useStore(bench.live.observation)?.nodes[node];
  if (!state) return null;
  return (
    <Drawer title={node} note={title || words.network.kinds[state.kind]} close={close}>
      <NodeFacts link={bench.link} session={bench.session} node={node} state={state} />
    </Drawer>
  );
}
