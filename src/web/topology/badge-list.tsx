import { useWords } from '../words/use-words.ts';
import './badge-list.css';
import { type Badges, badgeRows, routesShown } from '../../core/picture/badges.ts';
import type { TableName } from './node-tables.ts';

const mostSockets = 2;

interface Props {
  node: string;
  badges: Badges;
  /** Opens the table that a badge is from. */
  open(table?: TableName): void;
}

/**
 * Routes, forwarding, translation, filter, listeners of a node. One button, for each alone would be too small to
 * hit: the pointer opens the table of the badge under it, a key that of the first.
 */
export function BadgeList({ node, badges, open }: Props) {
  const { words } = useWords();
  const { network } = words;
  if (badgeRows(badges) === 0) return null;
  const { shown, more } = routesShown(badges);
  const { forwards, nat, rules, drops, sockets } = badges;
  const routes = [...shown, ...(more > 0 ? [network.moreRoutes(more)] : [])];
  const filters = [...(rules > 0 ? [network.ruleCount(rules)] : []), ...drops.map(network.dropsIn)];
  const listeners = [
    ...sockets.slice(0, mostSockets),
    ...(sockets.length > mostSockets ? [`+${sockets.length - mostSockets}`] : []),
  ];
  const others: { kind: string; text: string; table?: TableName }[] = [
    ...(forwards === null ? [] : [{ kind: 'forwards', text: network.forwards(forwards) }]),
    ...(nat ? [{ kind: 'nat', text: 'NAT', table: 'rules' as const }] : []),
    ...filters.map((text) => ({ kind: 'filter', text, table: 'rules' as const })),
    ...listeners.map((text) => ({ kind: 'socket', text, table: 'sockets' as const })),
  ];
  const first = routes.length > 0 ? 'routes' : others[0]?.table;
  const text = [...routes, ...others.map((other) => other.text)].join(' ');
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
      {routes.map((route) => (
        <span key={route} className="card-route" data-table="routes" title={`${network.routes}: ${route}`}>
          {route}{' '}
        </span>
      ))}
      {others.length > 0 && (
        <span className="card-others">
          {others.map(({ kind, text: label, table }) => (
            <span
              key={`${kind} ${label}`}
              className={`card-badge badge-${kind}`}
              data-table={table}
              title={label}
            >
              {label}{' '}
            </span>
          ))}
        </span>
      )}
    </button>
  );
}
