import { useContext, useEffect, useRef, useState } from 'react';
import { filesOf, titleOf } from '../../core/share/files.ts';
import { useStore } from '../store/store.ts';
import { ColourOrder } from '../topology/colour.ts';
import type { ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import { paletteNow } from './palette.ts';

/** Takes picture and trace out of the page: as one file, or as a line that gives the same fault. */
export default function Share({ bench, lab, snapshot, close }: ViewProps & { close(): void }) {
  const { words, language } = useWords();
  const { network, packet, share } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const observation = useStore(bench.live.observation);
  const sent = useStore(bench.sent);
  const order = useContext(ColourOrder);
  const [copied, setCopied] = useState('');
  const [seed] = useState(() => snapshot.practice?.seed ?? Math.floor(Math.random() * 10_000));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const command = `hoplab start ${lab.id} && hoplab break --seed ${seed}`;

  const make = () =>
    filesOf({
      ...{ language, order, sent, words: packet, virtual: network.virtual, palette: paletteNow() },
      title: lab.title[language],
      observation: observation ?? { nodes: {} },
      view: lab.view,
      challenge: { label: share.challenge, command },
    });
  const copy = (text: string, what: string) => {
    const done = () => setCopied(what);
    // Over plain HTTP from another computer there is no clipboard: the text is shown to be copied by hand.
    if (navigator.clipboard) void navigator.clipboard.writeText(text).then(done, () => setCopied(''));
  };
  const files: [string, () => void][] = [
    [share.html, () => save(`${lab.id}.html`, 'text/html', make().html())],
    [share.svg, () => save(`${lab.id}.svg`, 'image/svg+xml', make().svg())],
    [share.mermaid, () => save(`${lab.id}.md`, 'text/markdown', make().mermaid())],
  ];
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="share-title" onClose={close}>
      <h2 id="share-title">{share.title}</h2>
      <p>{sent ? share.withTrace(titleOf(sent.question)) : share.withoutTrace}</p>
      <div className="buttons">
        {files.map(([name, act], index) => (
          <button key={name} type="button" className={index === 0 ? 'primary' : ''} onClick={act}>
            {name}
          </button>
        ))}
      </div>
      <h3>{share.challenge}</h3>
      <p className="quiet">{share.challengeNote}</p>
      <pre>
        <code>{command}</code>
      </pre>
      <div className="buttons">
        <button type="button" onClick={() => copy(command, 'challenge')}>
          {copied === 'challenge' ? share.copied : words.prose.copy}
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          {words.lab.close}
        </button>
      </div>
    </dialog>
  );
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
