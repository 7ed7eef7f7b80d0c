import { useMemo, useState } from 'react';
import { messageOf } from '../../core/capture/summary.ts';
import type { PacketEvent } from '../../core/picture/events.ts';
import type { Bench } from '../view/bench.ts';
import type { Sent } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { LayersView } from './layers-view.tsx';
import { NetfilterView } from './netfilter-view.tsx';
import { type Frame, framesOf } from './pcapng.ts';

interface Props {
  bench: Bench;
  sent: Sent;
  event: PacketEvent;
}

const views = ['inside', 'frame'] as const;

/** The packet at one place: its path through the node's hooks, and its bytes. Loaded with the first trace. */
export default function Opened({ bench, sent, event }: Props) {
  const { words } = useWords();
  const { packet } = words;
  const [view, setView] = useState<(typeof views)[number]>('inside');
  const frames = useMemo(() => (sent.pcapng === null ? [] : framesOf(sent.pcapng)), [sent.pcapng]);
  const seen = framesAt(frames, event);
  const message = event.kind === 'question' || seen[0] === undefined ? null : messageOf(seen[0].bytes);
  return (
    <section className="opened" aria-label={packet.opened}>
      {message !== null && (
        <p className="hop-line">
          <span className="quiet">{packet.message}</span>
          <code>{message}</code>
        </p>
      )}
      <fieldset className="choice" aria-label={packet.opened}>
        {views.map((each) => (
          <button key={each} type="button" aria-pressed={each === view} onClick={() => setView(each)}>
            {packet.views[each]}
          </button>
        ))}
      </fieldset>
      {view === 'inside' ? (
        <NetfilterView key={event.hop.node} bench={bench} hop={event.hop} />
      ) : seen.length === 0 ? (
        <p className="quiet">{packet.noFrame}</p>
      ) : (
        seen.map((frame, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the frames of one place do not reorder.
          <LayersView key={at} frame={frame} />
        ))
      )}
    </section>
  );
}

/** The packet as it came into the node and as it left; of a question for an address, the question. */
function framesAt(frames: Frame[], { packet, hop }: PacketEvent): Frame[] {
  const here = frames.filter((frame) => frame.packet === packet.number && frame.node === hop.node);
  const came = here.find(({ link, way }) => link === hop.in && way === 'in');
  const left = here.find(({ link, way }) => link === hop.out && way === 'out');
  return [came, left].filter((frame) => frame !== undefined);
}
