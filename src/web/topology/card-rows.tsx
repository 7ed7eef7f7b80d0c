import { type Element, type Row, rowsOf } from '../../core/picture/model.ts';
import { useWords } from '../words/use-words.ts';
import { rowKey } from './news.ts';

/** The interfaces of a card, each with its addresses and the ends of its wire. */
export function Rows({ element, fresh }: { element: Element; fresh: string[] }) {
  const rows = rowsOf(element);
  if (rows.length === 0) return null;
  return (
    <ul className="card-rows">
      {rows.map((row) => (
        <li
          key={row.name}
          className={`card-row ${row.soon ? 'soon' : ''} ${row.quiet ? 'quiet' : ''} ${fresh.includes(rowKey(element, row)) ? 'fresh' : ''}`}
        >
          <WireEnds row={row.name} />
          <Lamp row={row} />
          <span className="card-link">{row.name}</span>
          <span className="card-addresses">
            {row.addresses.map((address) => (
              <span key={address} className={row.planned.includes(address) ? 'soon' : ''}>
                {address}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Up, waiting for the other end, or down: by fill and by name, not by colour alone. */
function Lamp({ row }: { row: Row }) {
  const { words } = useWords();
  const { up, down, noCarrier, soon } = words.network;
  const label = row.soon ? soon : { up, waiting: noCarrier, down }[row.state];
  return <span className={`lamp lamp-${row.state}`} role="img" aria-label={label} title={label} />;
}

export function WireEnds({ row }: { row: string }) {
  return (
    <>
      <WireEnd id={`${row}|l`} at="left" />
      <WireEnd id={`${row}|r`} at="right" />
    </>
  );
}

/**
 * The element that React Flow looks for at a wire's end. Its own handles, made to be dragged, cost a
 * subscription each.
 */
export function WireEnd({ id, at }: { id: string; at: 'top' | 'bottom' | 'left' | 'right' }) {
  return <i className={`source wire-end wire-end-${at}`} data-handleid={id} data-handlepos={at} />;
}
