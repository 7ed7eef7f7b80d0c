import { useEffect, useId, useState } from 'react';
import { useFocusBack } from '../parts/use-focus-back.ts';
import { choose, settings } from '../settings/settings.ts';
import type { Flow } from '../state/protocol-types.ts';
import type { LiveTraffic } from '../state/traffic.ts';
import { useStore } from '../store/store.ts';
import type { PacketQuestion } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { useColours } from './colour.ts';
import { endText, questionOf, whatText } from './flow-words.ts';
import './flows.css';
import './protocols.css';
import './long-table.css';

interface Props {
  traffic: LiveTraffic;
  /** The nodes there are. */
  nodes: readonly string[];
  trace(question: PacketQuestion): void;
  close(): void;
}

/** The machine's traffic as a table: who, what, how it ended and where. Each flow opens its trace. */
export default function Flows({ traffic, nodes, trace, close }: Props) {
  useFocusBack();
  const { words } = useWords();
  const { traffic: say } = words.network;
  const flows = useStore(traffic.flows);
  const { traffic: moving } = useStore(settings);
  const [filter, setFilter] = useState('');
  const [own, setOwn] = useState(false);
  const colour = useColours();
  const label = useId();
  useEffect(() => traffic.watch(), [traffic]);

  const parts = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = flows.filter((flow) => {
    const text = textOf(flow, say.verdicts[flow.verdict]).toLowerCase();
    return (own || !flow.own) && parts.every((part) => text.includes(part));
  });
  return (
    <div className="flows">
      <div className="flows-head">
        <h3 id={label}>{say.title}</h3>
        <input
          type="search"
          value={filter}
          placeholder={say.filter}
          aria-label={say.filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <button type="button" className="icon" aria-label={say.close} title={say.close} onClick={close}>
          ×
        </button>
      </div>
      <div className="flows-choices">
        <label className="tick">
          <input
            type="checkbox"
            checked={moving}
            onChange={({ target }) => choose({ traffic: target.checked })}
          />
          {say.moving}
        </label>
        <label className="tick">
          <input type="checkbox" checked={own} onChange={({ target }) => setOwn(target.checked)} />
          {say.own}
        </label>
      </div>
      {shown.length === 0 ? (
        <p className="quiet flows-none">{flows.length === 0 ? say.none : say.noneSuch}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className="flows-list long-table" tabIndex={0} aria-labelledby={label}>
          <table>
            <thead>
              <tr>
                {[say.who, say.what, say.verdict].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((flow) => (
                <Line
                  key={flow.number}
                  flow={flow}
                  colour={colour(flow.from)}
                  question={questionOf(flow, nodes)}
                  trace={trace}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

interface LineProps {
  flow: Flow;
  colour: string;
  question: PacketQuestion | null;
  trace(question: PacketQuestion): void;
}

function Line({ flow, colour, question, trace }: LineProps) {
  const { words } = useWords();
  const { traffic: say } = words.network;
  const to = endText(flow, flow.destination);
  const { translated } = flow;
  return (
    <tr className={`flow flow-${flow.verdict} ${flow.own ? 'flow-own' : ''}`}>
      <th scope="row">
        <button
          type="button"
          className={`flow-open ${colour}`}
          title={say.trace}
          disabled={question === null}
          onClick={() => question && trace(question)}
        >
          <span className="flow-from">{flow.from}</span> → {to}
        </button>
        {translated && (
          <span className="quiet mono">
            {say.as(endText(flow, translated.source), endText(flow, translated.destination))}
          </span>
        )}
      </th>
      <td>
        <span className={`flow-kind traffic-${flow.protocol}`}>{whatText(flow)}</span>
        <span className="quiet">{say.packets(flow.packets, flow.sampled)}</span>
      </td>
      <td>
        <span className="flow-verdict">{say.verdicts[flow.verdict]}</span>
        {flow.where && (
          <span className="flow-where">
            {flow.where.node} <span className="mono">{flow.where.link}</span>
          </span>
        )}
      </td>
    </tr>
  );
}

/** The words in which the filter looks. */
function textOf(flow: Flow, verdict: string): string {
  const ends = [flow.source, flow.destination, flow.translated?.source, flow.translated?.destination];
  const addresses = ends.flatMap((end) => (end ? [endText(flow, end)] : []));
  return [flow.from, whatText(flow), verdict, flow.where?.node, flow.where?.link, ...addresses].join(' ');
}
