import { Suspense, useState } from 'react';
import { playground } from '../../core/play/playground.ts';
import type { Link } from '../connection/link.ts';
import { later } from '../parts/later.ts';
import type { Here } from '../search/search.tsx';
import '../search/search.css';
import type { Lab, Snapshot } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { chordName } from '../view/chord.ts';
import { useWords } from '../words/use-words.ts';
import { MachineMenu } from './machine-menu.tsx';
import { SettingsMenu } from './settings-menu.tsx';

const Share = later(() => import('../share/share.tsx'));
const Search = later(() => import('../search/search.tsx'));

interface Props {
  lab?: Lab;
  snapshot?: Snapshot;
  actions?: Actions;
  bench?: Bench;
  link?: Link;
}

export function Header({ lab, snapshot, actions, bench, link = bench?.link }: Props) {
  const { words, language } = useWords();
  const openKeys = () => (document.getElementById('keys') as HTMLDialogElement | null)?.showModal();
  return (
    <header className="top">
      <a className="brand" href="#/" aria-label={`hoplab: ${words.header.home}`}>
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>hoplab</span>
      </a>
      {lab && snapshot && (
        <div className="top-lab">
          <h1>{lab.title[language]}</h1>
          {lab.id !== playground && <Progress snapshot={snapshot} />}
        </div>
      )}
      <div className="top-tools">
        {actions && bench && snapshot && (
          <Rewind actions={actions} bench={bench} canUndo={snapshot.canUndo} />
        )}
        {link && <Searching link={link} here={lab && actions ? { lab: lab.id, look: actions.look } : null} />}
        {lab && snapshot && bench && <Sharing {...{ bench, lab, snapshot }} />}
        {lab && (
          <button
            type="button"
            className="quiet-button keys-button"
            title={`${words.header.keys} (${chordName})`}
            onClick={openKeys}
          >
            {words.header.keys}
          </button>
        )}
        <SettingsMenu />
      </div>
    </header>
  );
}

function Searching({ link, here }: { link: Link; here: Here | null }) {
  const { words } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button id="search" type="button" className="quiet-button" onClick={() => setOpen(true)}>
        {words.search.open}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Search link={link} here={here} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Sharing(props: { bench: Bench; lab: Lab; snapshot: Snapshot }) {
  const { words } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button id="share" type="button" className="quiet-button keys-button" onClick={() => setOpen(true)}>
        {words.share.open}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Share {...props} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Progress({ snapshot }: { snapshot: Snapshot }) {
  const { words } = useWords();
  const done = snapshot.steps.filter(({ doneAt, shown }) => doneAt !== null && !shown).length;
  return (
    <span className="top-progress">
      <progress
        aria-label={words.start.done(done, snapshot.steps.length)}
        value={done}
        max={snapshot.steps.length}
      />
      <span>{`${done}/${snapshot.steps.length}`}</span>
    </span>
  );
}

function Rewind({ actions, bench, canUndo }: { actions: Actions; bench: Bench; canUndo: boolean }) {
  const { words } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  return (
    <>
      <button type="button" disabled={busy || !canUndo} onClick={actions.undo}>
        {words.lab.undo}
      </button>
      <button type="button" disabled={busy} onClick={actions.reset}>
        {words.lab.reset}
      </button>
      <MachineMenu actions={actions} bench={bench} />
    </>
  );
}
