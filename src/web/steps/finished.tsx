import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  bench: Bench;
  actions: Actions;
  /** Titles of the steps that hoplab typed; empty if the learner did all. */
  shown: string;
}

/** The end of a lab: the lab is done, and the next ones. */
export function Finished({ bench, actions, shown }: Props) {
  const { words } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  return (
    <section className="finished">
      <p role="status">
        <strong>{shown === '' ? words.lab.complete : words.lab.completeShown(shown)}</strong>
      </p>
      <div className="buttons">
        <button type="button" className="primary" disabled={busy} onClick={actions.practise}>
          {words.practice.begin}
        </button>
        <a className="button" href="#/">
          {words.header.home}
        </a>
      </div>
    </section>
  );
}
