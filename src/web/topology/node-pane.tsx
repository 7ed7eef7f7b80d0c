import { useEffect, useId, useRef, useState } from 'react';
import { useFocusBack } from '../parts/use-focus-back.ts';
import { WholeWords } from '../parts/whole-words.tsx';
import { usePaced } from '../state/paced.ts';
import type { NodeState } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { CaptureView } from './capture.tsx';
import { useColours } from './colour.ts';
import { NodeFacts } from './facts.tsx';
import './long-table.css';
import './node-pane.css';
import { asking, type NodeTable, type TableName, tableNames, tableOf } from './node-tables.ts';
import type { Shown } from './shown.ts';
import { useOutput } from './use-output.ts';

interface Props {
  bench: Bench;
  shown: Shown;
  titles: Record<string, string>;
  show(shown: Shown): void;
  close(): void;
}

const mostRows = 200;

/** One node beside the picture, for as long as there is one: all about it, or one of its tables, kept new. */
export default function NodePane({ bench, shown: { node, table }, titles, show, close }: Props) {
  const { words } = useWords();
  const { network, lab } = words;
  const observation = usePaced(bench.live.observation);
  const colour = useColours();
  const pane = useRef<HTMLElement>(null);
  const state = observation?.nodes[node];
  useFocusBack();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks for another table wants to read it.
  useEffect(() => {
    pane.current?.focus();
  }, [node, table]);
  useEffect(() => {
    const leave = ({ key, target }: KeyboardEvent) => {
      // Programs in a terminal want the key, and so does a question that is open.
      const elsewhere = target instanceof Element && target.closest('.screen-frame, dialog') !== null;
      if (key === 'Escape' && !elsewhere) close();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [close]);
  if (!observation || !state) return null;
  return (
    <aside ref={pane} className={`node-pane ${colour(node)}`} tabIndex={-1} aria-label={node}>
      <header className="node-head">
        <select
          className="node-choice"
          aria-label={network.node}
          value={node}
          onChange={({ target }) => show({ node: target.value, table })}
        >
          {Object.keys(observation.nodes).map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        <span className="quiet">{titles[node] || network.kinds[state.kind]}</span>
        <button type="button" className="icon" aria-label={lab.close} title={lab.close} onClick={close}>
          ×
        </button>
      </header>
      <div className="node-tabs" role="toolbar" aria-label={network.tables.label}>
        {([null, ...tableNames, 'capture'] as const).map((each) => (
          <button
            key={each ?? ''}
            type="button"
            className="small"
            aria-pressed={table === each}
            onClick={() => show({ node, table: each })}
          >
            {network.tables[each ?? 'overview']}
          </button>
        ))}
      </div>
      {table === null ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className="node-facts" tabIndex={0} aria-label={network.tables.overview}>
          <NodeFacts link={bench.link} session={bench.session} node={node} state={state} />
        </section>
      ) : table === 'capture' ? (
        <CaptureView key={node} {...{ bench, node, state }} />
      ) : (
        <Table key={`${node} ${table}`} {...{ bench, node, table, state }} />
      )}
    </aside>
  );
}

interface TableProps {
  bench: Bench;
  node: string;
  table: TableName;
  state: NodeState;
}

function Table({ bench, node, table: name, state }: TableProps) {
  const { words } = useWords();
  const { tables } = words.network;
  const [filter, setFilter] = useState('');
  const label = useId();
  const output = useOutput(bench, node, asking[name], state);
  const table = tableOf(name, state, output);
  if (table === null) return <progress className="asking" aria-label={words.lab.working} />;
  const parts = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = table.rows.filter(({ cells }) => {
    const text = cells.join(' ').toLowerCase();
    return parts.every((part) => text.includes(part));
  });
  return (
    <>
      <div className="node-tools">
        <input
          type="search"
          value={filter}
          placeholder={tables.filter}
          aria-label={tables.filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <button
          type="button"
          className="node-command"
          title={words.prose.run(node)}
          aria-label={`${words.prose.run(node)}: ${table.command}`}
          onClick={() => bench.type(node, table.command)}
        >
          {table.command}
        </button>
      </div>
      <p id={label} className="quiet node-count" role="status">
        {countText(table, found.length, tables)}
      </p>
      {found.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className="node-rows long-table" tabIndex={0} aria-labelledby={label}>
          <table>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col">
                    {tables.columns[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, mostRows).map(({ key, cells }) => (
                <tr key={key}>
                  {cells.map((cell, index) => (
                    <td key={table.columns[index]} className={`cell-${table.columns[index]}`}>
                      {table.columns[index] === 'packets' ? (
                        <Counter value={cell} />
                      ) : (
                        <WholeWords of={cell} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

/** Lights up when it counts. */
function Counter({ value }: { value: string }) {
  const first = useRef(value);
  return (
    <span key={value} className={value === first.current ? undefined : 'ticked'}>
      {value}
    </span>
  );
}

/** How many there are, and that not all are drawn or were read. */
function countText(
  { rows, all }: NodeTable,
  found: number,
  { count, part, firstOf }: ReturnType<typeof useWords>['words']['network']['tables'],
): string {
  // A program may have counted more than it printed: none is no first part of them.
  const isWhole = rows.length === all || rows.length === 0;
  const entries = isWhole ? count(rows.length) : firstOf(rows.length, all);
  const drawn = Math.min(found, mostRows);
  return drawn === rows.length ? entries : `${entries} ${part(drawn)}`;
}
