import { useEffect, useState } from 'react';
import type { Link } from '../connection/link.ts';
import { Working } from '../parts/working.tsx';
import type { Lab as LabFile } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import { type Bench, createBench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { Header } from './header.tsx';
import './lab.css';
import { Workbench } from './workbench.tsx';

/** One session: opened, followed, closed. */
export default function Lab({ link, session }: { link: Link; session: string }) {
  const [bench, setBench] = useState<Bench | null>(null);
  useEffect(() => {
    const opened = createBench(link, session);
    setBench(opened);
    return opened.stop;
  }, [link, session]);
  return bench && <Opened key={session} bench={bench} />;
}

function Opened({ bench }: { bench: Bench }) {
  const { words } = useWords();
  const snapshot = useStore(bench.following.snapshot);
  const ended = useStore(bench.following.ended);
  const lab = useLab(bench, snapshot?.lab);
  if (snapshot && lab && !ended) return <Workbench bench={bench} lab={lab} snapshot={snapshot} />;
  return (
    <>
      <Header />
      {!ended && <Working />}
      <main className="message">
        <p>{ended ? (snapshot ? words.lab.ended : words.lab.unknown) : words.lab.working}</p>
        {ended && (
          <a className="button primary" href="#/">
            {words.header.home}
          </a>
        )}
      </main>
    </>
  );
}

/** The lab's text and steps; asked for again after a lost connection, for a new daemon may have a new text. */
function useLab({ link }: Bench, id: string | undefined): LabFile | null {
  const [lab, setLab] = useState<LabFile | null>(null);
  useEffect(() => {
    if (id === undefined) return;
    return link.onOpen(() => void link.call('labs.get', { lab: id }).then(setLab, () => {}));
  }, [link, id]);
  return lab;
}
