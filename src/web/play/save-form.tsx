import { type FormEvent, useState } from 'react';
import { brokenCopy } from '../../client/broken-copy.ts';
import type { Result } from '../../protocol/methods.ts';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { Choice } from './choice.tsx';

type Exported = Result<'topology.export'>;
const formats = ['script', 'containerlab'] as const;

/** A lab is kept with the daemon and can be started; scripts and files of containerlab are downloaded. */
export function SaveForm({ bench }: { bench: Bench }) {
  const { play: words } = useWords().words;
  const { link, session } = bench;
  const busy = useStore(bench.busy) !== undefined;
  const [name, setName] = useState('my-network');
  const [as, setAs] = useState<string>('lab');
  const [saved, setSaved] = useState<{ lab: string | null; left: Exported['left'] } | null>(null);
  const sound = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 40;

  function submit(event: FormEvent): void {
    event.preventDefault();
    void bench.act(async () => {
      setSaved(null);
      const format = formats.find((each) => each === as) ?? 'lab';
      const { files, left } = await link.call('topology.export', { session, as: format, name });
      if (format === 'lab') setSaved({ ...(await link.call('labs.save', { files })), left });
      else {
        for (const [file, text] of Object.entries(files)) download(file, text);
        setSaved({ lab: null, left });
      }
    });
  }
  return (
    <form className="tool" onSubmit={submit} aria-label={words.save}>
      <p className="tool-title">{words.save}</p>
      <div className="tool-row">
        <label>
          {words.saveName}
          <input
            value={name}
            maxLength={40}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={!sound}
            onChange={({ target }) => setName(target.value.trim())}
          />
        </label>
        <Choice
          label={words.saveAs}
          value={as}
          options={(['lab', ...formats] as const).map((value) => ({ value, label: words.formats[value] }))}
          choose={setAs}
        />
        <button type="submit" className="small" disabled={busy || !sound}>
          {words.save}
        </button>
      </div>
      <div role="status">
        {saved && (
          <p className="tool-note">
            {saved.lab === null ? words.downloaded : words.kept(saved.lab)}{' '}
            {saved.left.length > 0 &&
              words.left(saved.left.map(({ node, name: what }) => `${node}: ${what}`))}
          </p>
        )}
      </div>
      {saved?.lab && (
        <button type="button" className="small" disabled={busy} onClick={() => begin(bench, saved.lab ?? '')}>
          {words.startIt(saved.lab)}
        </button>
      )}
    </form>
  );
}

function begin(bench: Bench, lab: string): void {
  void bench.act(async () => {
    const { id } = await bench.link.call('sessions.start', { lab, use: true });
    location.hash = `#/s/${id}`;
  });
}

export function BreakForm({ bench }: { bench: Bench }) {
  const { play: words } = useWords().words;
  const busy = useStore(bench.busy) !== undefined;
  const { link, session } = bench;

  function breakIt(): void {
    void bench.act(async (progress) => {
      const { id } = await brokenCopy(link.call, { session, title: words.brokenTitle, progress });
      location.hash = `#/s/${id}`;
    });
  }
  return (
    <div className="tool">
      <p className="tool-note">{words.breakNote}</p>
      <button type="button" className="small" disabled={busy} onClick={breakIt}>
        {words.break}
      </button>
    </div>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const anchor = Object.assign(document.createElement('a'), { href: url, download: name });
  anchor.click();
  URL.revokeObjectURL(url);
}
