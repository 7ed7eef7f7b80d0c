import { useContext, useEffect, useRef, useState } from 'react';
import { directionOf, eventsOf, type PacketEvent, spotOf } from '../packet/events.ts';
import { eventText, placeOf } from '../packet/say.ts';
import { useStore } from '../store/store.ts';
import { ColourOrder, useColours } from '../topology/colour.ts';
import { layout } from '../topology/layout.ts';
import { pictureOf } from '../topology/model.ts';
import { sketchOf } from '../topology/sketch.ts';
import type { ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import { htmlOf } from './html.ts';
import { mermaidOf } from './mermaid.ts';
import { paletteNow } from './palette.ts';
import type { Shared } from './shared.ts';
import { svgOf } from './svg.ts';

/** Takes picture and trace out of the page: as one file, or as a line that gives the same fault. */
export default function Share({ bench, lab, snapshot, close }: ViewProps & { close(): void }) {
  const { words, language } = useWords();
  const { share, packet } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const observation = useStore(bench.live.observation);
  const sent = useStore(bench.sent);
  const order = useContext(ColourOrder);
  const colour = useColours();
  const [copied, setCopied] = useState('');
  const [seed] = useState(() => snapshot.practice?.seed ?? Math.floor(Math.random() * 10_000));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const command = `hoplab start ${lab.id} && hoplab break --seed ${seed}`;

  function make() {
    const picture = pictureOf(observation ?? { nodes: {} });
    const events = sent ? eventsOf(sent.path) : [];
    const spots = events.map((event, index) => spotOf(event, index, picture));
    const sketch = sketchOf({ picture, places: layout(picture, lab.view), order, spots });
    const shared: Shared = {
      language,
      title: lab.title[language],
      trace: sent && {
        title: titleOf(sent.question),
        hops: events.map((event) => ({
          place: placeOf(event.hop),
          colour: colour(event.hop.node),
          direction: directionOf(event),
          text: eventText(event, language, packet),
          notes: notesOf(event),
        })),
        end: sent.path.end.text[language],
      },
      challenge: { label: share.challenge, command },
      palette: paletteNow(),
    };
    const svg = svgOf(sketch, shared.title, shared.palette);
    return { picture, shared, svg };
  }
  function notesOf({ kind, hop }: PacketEvent): string[] {
    if (kind === 'question') return [];
    const rules = hop.rules.flatMap(({ table, rule, verdict }) =>
      rule ? [`${table}: ${rule} (${verdict})`] : [],
    );
    return [...(hop.nat ? [hop.nat[language]] : []), ...(hop.route ? [hop.route.text] : []), ...rules];
  }
  const copy = (text: string, what: string) => {
    const done = () => setCopied(what);
    // Over plain HTTP from another computer there is no clipboard: the text is shown to be copied by hand.
    if (navigator.clipboard) void navigator.clipboard.writeText(text).then(done, () => setCopied(''));
  };
  const files: [string, () => void][] = [
    [
      share.html,
      () => {
        const { shared, svg } = make();
        save(`${lab.id}.html`, 'text/html', htmlOf(shared, svg));
      },
    ],
    [share.svg, () => save(`${lab.id}.svg`, 'image/svg+xml', make().svg)],
    [
      share.mermaid,
      () => {
        const { picture, shared } = make();
        save(`${lab.id}.md`, 'text/markdown', mermaidOf(picture, shared));
      },
    ],
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

function titleOf({
  from,
  to,
  probe,
}: {
  from: string;
  to: string;
  probe: { kind: string; url?: string };
}): string {
  return `${from} → ${to || probe.url || ''} (${probe.kind})`;
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
