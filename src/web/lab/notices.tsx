import { Working } from '../parts/working.tsx';
import type { Snapshot } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

/** The notices of the moment: work that takes its time, a failure, a machine that has ended. */
export function Notices({ bench, snapshot, reset }: { bench: Bench; snapshot: Snapshot; reset(): void }) {
  const { words } = useWords();
  const busy = useStore(bench.busy);
  const notice = useStore(bench.notice);
  const typing = useStore(bench.typing) > 0;
  return (
    <>
      {(busy !== undefined || typing) && <Working share={busy} />}
      <div className="notices" role="status">
        {snapshot.machine.state === 'gone' && (
          <p className="notice notice-bad">
            {words.lab.gone}
            <button type="button" className="small" onClick={reset}>
              {words.lab.reset}
            </button>
          </p>
        )}
        {notice && (
          <p className="notice">
            {notice}
            <button
              type="button"
              className="icon"
              aria-label={words.lab.close}
              title={words.lab.close}
              onClick={() => bench.notice.set(null)}
            >
              ×
            </button>
          </p>
        )}
      </div>
    </>
  );
}
