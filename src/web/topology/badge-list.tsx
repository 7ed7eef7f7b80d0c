import { useWords } from '../words/use-words.ts';
import { type Badges, badgeRows, routesShown } from './badges.ts';

const mostSockets = 2;

/** Routes, forwarding, translation, filter, listeners of a node. */
export function BadgeList({ badges }: { badges: Badges }) {
  const { words } = useWords();
  const { network } = words;
  if (badgeRows(badges) === 0) return null;
  const { shown, more } = routesShown(badges);
  const { forwards, nat, rules, drops, sockets } = badges;
  const filters = [
    ...(rules > 0 ? [network.ruleCount(rules)] : []),
    ...drops.map((chain) => network.dropsIn(chain)),
  ];
  const others: [string, string][] = [
    ...(forwards ? [['forwards', network.forwards] as [string, string]] : []),
    ...(nat ? [['nat', 'NAT'] as [string, string]] : []),
    ...filters.map((text): [string, string] => ['filter', text]),
    ...sockets.slice(0, mostSockets).map((text): [string, string] => ['socket', text]),
    ...(sockets.length > mostSockets
      ? [['socket', `+${sockets.length - mostSockets}`] as [string, string]]
      : []),
  ];
  return (
    <div className="card-badges">
      {shown.map((route) => (
        <p key={route} className="card-route" title={`${network.routes}: ${route}`}>
          {route}
        </p>
      ))}
      {more > 0 && <p className="card-route">{network.moreRoutes(more)}</p>}
      {others.length > 0 && (
        <ul>
          {others.map(([kind, text]) => (
            <li key={`${kind} ${text}`} className={`card-badge badge-${kind}`} title={text}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
