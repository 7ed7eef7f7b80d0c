import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

/** The end of a lab: the lab is done, and the next ones. */
export function Finished({ bench, actions }: { bench: Bench; actions: Actions }) {
  const { words } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  return (
    <section className="finished">
      <p role="status">
        <strong>{words.lab.complete}</strong>
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
