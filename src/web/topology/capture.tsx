import { type FormEvent, useEffect, useRef, useState } from 'react';
import { PcapngWriter } from '../../core/capture/pcapng-writer.ts';
import { summaryOf } from '../../core/capture/summary.ts';
import { tcpdump } from '../../core/capture/tcpdump.ts';
import { streamFrom } from '../connection/capture.ts';
import type { NodeState } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

/** Packets that are listed, and bytes that are kept. */
const [listed, kept] = [200, 16_000_000];

/** Milliseconds between two drawings of a list that grows. */
const pace = 200;

interface Line {
  number: number;
  time: bigint;
  bytes: number;
  summary: ReturnType<typeof summaryOf>;
}

interface Captured {
  file: Uint8Array[];
  size: number;
  count: number;
  began: bigint | null;
  lines: Line[];
}

const none = (): Captured => ({ file: [], size: 0, count: 0, began: null, lines: [] });

interface Props {
  bench: Bench;
  node: string;
  state: NodeState;
}

/** The packets of one interface as they come, by tcpdump in the node, and as a file. */
export function CaptureView({ bench, node, state }: Props) {
  const { words } = useWords();
  const { network } = words;
  const { capture } = network;
  const names = state.links.map(({ name }) => name);
  const [device, setDevice] = useState(names.find((name) => name !== 'lo') ?? 'lo');
  const [filter, setFilter] = useState('');
  const [running, setRunning] = useState(false);
  const [told, setTold] = useState('');
  const [{ count, began, lines }, setShown] = useState(none);
  const captured = useRef(none());
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setShown({ ...captured.current }), pace);
    return () => clearInterval(timer);
  }, [running]);

  function halt(why: string): void {
    stop.current();
    setRunning(false);
    setTold(why);
    setShown({ ...captured.current });
  }

  function start(): void {
    const all = none();
    const writer = new PcapngWriter(
      `hoplab capture ${node} ${device} ${filter}`.trim(),
      () => `${node}:${device}`,
    );
    const argv = tcpdump(device, filter.split(/\s+/).filter(Boolean));
    const take = (piece: Uint8Array) => {
      const block = writer.take(piece, ({ time, length, bytes }, linkType) => {
        all.began ??= time;
        all.count += 1;
        const line = { number: all.count, time, bytes: length, summary: summaryOf(bytes, linkType) };
        all.lines = [line, ...all.lines.slice(0, listed - 1)];
      });
      all.file.push(block);
      all.size += block.length;
      if (writer.broken) halt(capture.broken);
      else if (all.size > kept) halt(capture.full);
    };
    (captured as { current: Captured }).current = all;
    const end = (last: string) => halt(last || capture.ended);
    setShown(all);
    setTold('');
    setRunning(true);
    (stop as { current: () => void }).current = streamFrom(
      bench.link,
      { session: bench.session, node, argv },
      { take, end },
    );
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (running) halt('');
    else start();
  };
  const seconds = (time: bigint) => (Number(time - (began ?? time)) / 1e9).toFixed(3);
  return (
    <>
      <form className="node-tools capture-tools" onSubmit={submit}>
        <select
          className="capture-device"
          aria-label={network.interface}
          value={device}
          disabled={running}
          onChange={({ target }) => setDevice(target.value)}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          value={filter}
          disabled={running}
          placeholder={capture.filter}
          aria-label={capture.filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <button type="submit" className={running ? 'small' : 'small primary'}>
          {running ? capture.stop : capture.start}
        </button>
        <button
          type="button"
          className="small"
          disabled={count === 0}
          onClick={() => save(captured.current.file, `${node}-${device}.pcapng`)}
        >
          {capture.save}
        </button>
      </form>
      <p className="quiet node-count" role="status">
        {[capture.count(count), told].filter(Boolean).join(' ')}
      </p>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className="node-rows long-table" tabIndex={0} aria-label={network.tables.capture}>
          <table>
            <thead>
              <tr>
                {[capture.time, capture.ends, capture.what, network.tables.columns.bytes].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(({ number, time, bytes, summary }) => (
                <tr key={number}>
                  <td className="cell-seconds">{seconds(time)}</td>
                  <td className="cell-ends">
                    {summary && (
                      <>
                        <span>{summary.from}</span> <span>→ {summary.to}</span>
                      </>
                    )}
                  </td>
                  <td>{summary?.what}</td>
                  <td className="cell-bytes">{bytes}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function save(file: Uint8Array[], name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(file as BlobPart[]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
