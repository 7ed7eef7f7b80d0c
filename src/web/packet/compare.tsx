import { directionOf, type PacketEvent } from '../../core/picture/events.ts';
import { eventText, placeOf } from '../../core/picture/say.ts';
import type { Sent } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { compare } from './comparison.ts';

/** The packet before a change and after it, side by side, with the line that made the difference. */
export function Compare({ before, now }: { before: Sent; now: Sent }) {
  const { words, language } = useWords();
  const { packet } = words;
  const { rows, parting, changes } = compare(before, now);
  const made = changes.filter(({ there }) => there);
  return (
    <section className="compare" aria-labelledby="compare">
      <h3 id="compare">{packet.compare}</h3>
      <ul className="compare-changes">
        {changes.map(({ node, change, text, there }) => (
          <li key={`${node} ${change} ${text}`} className={there && made.length > 0 ? 'there' : ''}>
            <span role="img" aria-label={change === 'lost' ? words.changes.lost : words.changes.gained}>
              {change === 'lost' ? '−' : '+'}
            </span>{' '}
            <strong>{node}</strong> <code>{text}</code>
          </li>
        ))}
      </ul>
      {changes.length === 0 && <p className="quiet">{words.changes.none}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{packet.earlier}</th>
            <th scope="col">{packet.now}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not reorder.
            <tr key={at} className={at < parting ? 'same' : at === parting ? 'parting' : ''}>
              <Cell event={row.before} />
              <Cell event={row.now} />
            </tr>
          ))}
          <tr className="compare-ends">
            {[before, now].map(({ path }) => (
              <td
                key={path === now.path ? 'now' : 'before'}
                className={path.end.kind === 'delivered' ? 'good' : 'bad'}
              >
                {path.end.text[language]}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {parting === rows.length && <p className="quiet">{packet.samePath}</p>}
    </section>
  );
}

function Cell({ event }: { event: PacketEvent | null }) {
  const { words, language } = useWords();
  if (event === null) return <td className="quiet">–</td>;
  return (
    <td className={`packet-${directionOf(event)}`}>
      <span className="packet-dot" /> <strong>{placeOf(event.hop)}</strong>{' '}
      <span className="quiet">{eventText(event, language, words.packet)}</span>
    </td>
  );
}
