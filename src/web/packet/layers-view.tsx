import { useMemo, useState } from 'react';
import { dissect } from '../../core/capture/dissect.ts';
import type { Field, Layer } from '../../core/capture/layer.ts';
import { useWords } from '../words/use-words.ts';
import type { Frame } from './pcapng.ts';

const perLine = 16;

/** A frame as it was on a wire: its layers with their fields, and the bytes that hold them. */
export function LayersView({ frame }: { frame: Frame }) {
  const { words } = useWords();
  const { packet } = words;
  const layers = useMemo(() => dissect(frame.bytes), [frame]);
  const [chosen, setChosen] = useState<Pick<Field, 'from' | 'to'> | null>(null);
  const isLit = (at: number) => chosen !== null && at >= chosen.from && at < chosen.to;
  return (
    <div className="layers">
      <p className="quiet">
        {`${frame.node}:${frame.link} ${packet.ways[frame.way]} · ${packet.bytes(frame.bytes.length)}`}
      </p>
      {layers.map((layer, index) => (
        <details key={layer.from} className={`layer layer-${index % 4}`} open={layer.fields.length > 0}>
          <summary>
            {layer.name === 'Data' ? packet.data : layer.name}{' '}
            <span className="quiet">{packet.bytes(layer.to - layer.from)}</span>
          </summary>
          <Fields layer={layer} chosen={chosen} choose={setChosen} />
        </details>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className="bytes" tabIndex={0}>
        {lines(frame.bytes).map(({ at, bytes }) => (
          <div key={at}>
            <span className="quiet">{at.toString(16).padStart(4, '0')} </span>
            {bytes.map((byte, index) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: bytes do not reorder.
                key={index}
                className={`layer-${layers.findIndex(({ from, to }) => at + index >= from && at + index < to) % 4} ${isLit(at + index) ? 'lit' : ''}`}
              >
                {` ${byte.toString(16).padStart(2, '0')}`}
              </span>
            ))}
          </div>
        ))}
      </pre>
    </div>
  );
}

interface FieldsProps {
  layer: Layer;
  chosen: Pick<Field, 'from' | 'to'> | null;
  choose(field: Field | null): void;
}

function Fields({ layer, chosen, choose }: FieldsProps) {
  const { layerFields } = useWords().words.packet;
  return (
    <ul>
      {layer.fields.map((field) => {
        const isChosen = chosen?.from === field.from && chosen.to === field.to;
        return (
          <li key={`${field.from} ${field.name}`}>
            <button type="button" aria-pressed={isChosen} onClick={() => choose(isChosen ? null : field)}>
              <span className="quiet">{layerFields[field.name] ?? field.name}</span>
              <code>{field.value}</code>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function lines(bytes: Uint8Array): { at: number; bytes: number[] }[] {
  const count = Math.ceil(bytes.length / perLine);
  return Array.from({ length: count }, (_, line) => ({
    at: line * perLine,
    bytes: [...bytes.subarray(line * perLine, (line + 1) * perLine)],
  }));
}
