import type { Hop, PacketEvent } from '../../core/picture/events.ts';
import { useWords } from '../words/use-words.ts';

/** The route, and the rule of `ip rule` that led to its table, unless it is one of the kernel's own. */
function routeText({ text, rule }: { text: string; rule: string | null }): string {
  return rule === null ? text : `${text} (ip rule ${rule})`;
}

/** The decision at one place: the header before and after, and the lines that decided. */
export function HopDetails({ event }: { event: PacketEvent }) {
  const { words, language } = useWords();
  const { packet } = words;
  const { hop } = event;
  if (event.kind === 'question' && hop.resolution) {
    const { address, link, questions, answer, by } = hop.resolution;
    return (
      <section className="hop" aria-live="polite">
        <h3>{packet.asks(hop.node, address)}</h3>
        <Line name={packet.link} text={link} />
        <Line name={packet.questions} text={String(questions)} />
        <Line
          name={packet.answer}
          text={answer ? `${answer}${by ? ` (${by.node}:${by.link})` : ''}` : packet.nobody}
        />
      </section>
    );
  }
  return (
    <section className="hop" aria-live="polite">
      <h3>
        {hop.node} <span className="quiet">{`${hop.in ?? packet.made} → ${hop.out ?? packet.taken}`}</span>
      </h3>
      <Headers hop={hop} />
      {hop.tunnel && (
        <Line name={packet.tunnel} text={`${hop.tunnel.kind.toUpperCase()} ${hop.tunnel.id}`} code />
      )}
      {hop.nat && <Line name="NAT" text={hop.nat[language]} />}
      {hop.route && <Line name={packet.route} text={routeText(hop.route)} code />}
      {hop.rules
        .filter(({ rule }) => rule !== null)
        .map(({ table, chain, rule, line, verdict }) => (
          <Line
            key={`${table} ${chain} ${line} ${rule}`}
            name={`${packet.rule} ${table} ${line ?? ''} (${verdict})`}
            text={rule ?? ''}
            code
          />
        ))}
      {hop.bridges.length > 0 && <Line name={packet.bridges} text={hop.bridges.join(', ')} code />}
      {hop.hooks.length > 0 && <Line name={packet.hooks} text={hop.hooks.join(' → ')} />}
      {hop.conntrack && <Line name="conntrack" text={hop.conntrack.original} code />}
      {hop.gap && <p className="quiet">{packet.gap}</p>}
    </section>
  );
}

function Line({ name, text, code = false }: { name: string; text: string; code?: boolean }) {
  return (
    <p className="hop-line">
      <span className="quiet">{name}</span>
      {code ? <code>{text}</code> : <span>{text}</span>}
    </p>
  );
}

const keys = ['source', 'destination', 'ttl', 'sourceMac', 'destinationMac', 'vlan'] as const;

function Headers({ hop }: { hop: Hop }) {
  const { words } = useWords();
  const { packet } = words;
  // Hardly any frame has a tag.
  const isThere = (field: (typeof keys)[number]) =>
    field !== 'vlan' || hop.before?.vlan != null || hop.after?.vlan != null;
  const changed = new Set<string>(hop.changes.map(({ field }) => field));
  const port = (side: Hop['before'], field: (typeof keys)[number]) => {
    const number =
      field === 'source' ? side?.sourcePort : field === 'destination' ? side?.destinationPort : null;
    return side === null ? '–' : `${side[field] ?? '–'}${number ? ` : ${number}` : ''}`;
  };
  return (
    <table className="hop-headers">
      <thead>
        <tr>
          <th scope="col">{packet.header}</th>
          {hop.before && <th scope="col">{packet.before}</th>}
          {hop.after && <th scope="col">{packet.after}</th>}
        </tr>
      </thead>
      <tbody>
        {keys.filter(isThere).map((field) => (
          <tr key={field} className={changed.has(field) ? 'changed' : ''}>
            <th scope="row">{packet.fields[field]}</th>
            {hop.before && <td>{port(hop.before, field)}</td>}
            {hop.after && (
              <td>{changed.has(field) ? <mark>{port(hop.after, field)}</mark> : port(hop.after, field)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
