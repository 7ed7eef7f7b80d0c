import { type RefObject, useRef } from 'react';
import { useWords } from '../words/use-words.ts';
import './badge-list.css';
import { type Badges, badgeRows, routesShown } from '../../core/picture/badges.ts';
import type { TableName } from './node-tables.ts';
import { useFitting } from './use-fitting.ts';

interface Props {
  node: string;
  badges: Badges;
  isBrief: boolean;
  /** Opens the table that a badge is from. */
  open(table?: TableName): void;
}

/** A brief card says of a longer one its port alone. */
const longSocket = 10;

/**
 * Routes, forwarding, translation, filter, listeners of a node. One button, for each alone would be too small to
 * hit: the pointer opens the table of the badge under it, a key that of the first.
 */
export function BadgeList({ node, badges, isBrief, open }: Props) {
  const { words } = useWords();
  const { network } = words;
  const row = useRef<HTMLSpanElement>(null);
  const { shown, more } = isBrief ? { shown: [], more: 0 } : routesShown(badges);
  const { forwards, nat, rules, drops, sockets } = badges;
  const routes = [...shown, ...(more > 0 ? [[network.moreRoutes(more)]] : [])];
  const filters = [...(rules > 0 ? [network.ruleCount(rules)] : []), ...drops.map(network.dropsIn)];
  const others: Other[] = [
    ...(forwards === null ? [] : [{ kind: 'forwards', text: network.forwards(forwards) }]),
    ...(nat ? [{ kind: 'nat', text: 'NAT', table: 'rules' as const }] : []),
    ...filters.map((text) => ({ kind: 'filter', text, table: 'rules' as const })),
    ...sockets.map((text) => ({
      ...{ kind: 'socket', table: 'sockets' as const },
      text: isBrief && text.length > longSocket ? text.replace(/ .*/, '') : text,
    })),
    ...(isBrief && badges.routes.length > 0
      ? [{ kind: 'routes', text: network.routeCount(badges.routes.length), table: 'routes' as const }]
      : []),
  ];
  const first = routes.length > 0 ? 'routes' : others[0]?.table;
  const fitting = useFitting(row, others.map(({ text }) => text).join('\n'));
  if (badgeRows(badges, isBrief) === 0) return null;
  const [fit, rest] = [others.slice(0, fitting), others.slice(fitting)];
  const count = rest.length > 0 ? [`+${rest.length}`] : [];
  const text = [
    ...routes.map((rows) => rows.join(' ')),
    ...fit.map((other) => other.text),
    ...count,
    ...rest.map((other) => other.text),
  ].join(' ');
  return (
    <button
      type="button"
      className="card-badges nodrag"
      aria-label={`${text}. ${network.details(node)}`}
      onClick={({ target, detail }) => {
        const under = (target as Element).closest<HTMLElement>('[data-table]')?.dataset.table;
        open(detail === 0 ? first : (under as TableName | undefined));
      }}
    >
      {routes.map((rows) => (
        <Route key={rows.join(' ')} rows={rows} title={`${network.routes}: ${rows.join(' ')}`} />
      ))}
      {others.length > 0 && <Others others={others} fitting={fitting} row={row} />}
    </button>
  );
}

/** A long one in two rows; one that is seen from far away has less room around its arrow. */
function Route({ rows, title }: { rows: string[]; title: string }) {
  return (
    <span className="card-route" data-table="routes" title={title}>
      {rows.map((row, index) => (
        <span key={row} className={index > 0 ? 'card-route-via' : ''}>
          {row.split(/( ?→ )/).map((part) => (part.includes('→') ? <i key={part}>{part}</i> : part))}{' '}
        </span>
      ))}
    </span>
  );
}

interface Other {
  kind: string;
  text: string;
  table?: TableName;
}

interface OthersProps {
  others: readonly Other[];
  fitting: number;
  row: RefObject<HTMLSpanElement>;
}

/** As many as there is room for, and how many more there are. */
function Others({ others, fitting, row }: OthersProps) {
  const rest = others.slice(fitting);
  return (
    <span className="card-others" ref={row}>
      {others.map(({ kind, text, table }, index) => (
        <span
          key={`${kind} ${text}`}
          className={`card-badge badge-${kind}`}
          data-table={table}
          data-left={index < fitting ? undefined : true}
          title={text}
        >
          {text}{' '}
        </span>
      ))}
      <span
        className="card-badge badge-more"
        data-table={rest[0]?.table}
        data-left={rest.length > 0 ? undefined : true}
        title={rest.map(({ text }) => text).join(', ')}
      >
        +{rest.length || others.length}
      </span>
    </span>
  );
}
