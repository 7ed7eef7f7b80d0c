import type { NodeState } from '../state/observation.ts';

/** What a node does with packets, in a few words on its card. */
export interface Badges {
  /** Routes that were given: `default → 192.168.1.1`; the last may be a number of more. */
  routes: string[];
  forwards: boolean;
  /** It has rules that translate addresses. */
  nat: boolean;
  /** How many rules filter packets, and the chains that drop what no rule lets pass. */
  rules: number;
  drops: string[];
  /** Ports that others can reach: `:80 nginx`. */
  sockets: string[];
}

const mostRoutes = 3;

export const noBadges: Badges = { routes: [], forwards: false, nat: false, rules: 0, drops: [], sockets: [] };

export function badgesOf({ routes, sysctls, rules, listeners }: NodeState): Badges {
  const given = routes.filter(
    ({ table, protocol }) => table !== 'local' && protocol !== 'kernel' && protocol !== 'ra',
  );
  const tables = [rules.ipv4, rules.ipv6].map(tablesIn);
  const lines = (table: string) => tables.flatMap((each) => each.get(table) ?? []);
  return {
    routes: [
      ...new Set(
        given.map(({ type, destination, via, dev }) =>
          [destination, type === 'unicast' ? `→ ${via ?? dev ?? ''}` : type].join(' '),
        ),
      ),
    ],
    forwards: sysctls['net.ipv4.ip_forward'] === '1' || sysctls['net.ipv6.conf.all.forwarding'] === '1',
    nat: lines('nat').some((line) => /-j (MASQUERADE|SNAT|DNAT|REDIRECT)\b/.test(line)),
    rules: lines('filter').filter((line) => line.startsWith('-A')).length,
    drops: [...new Set(lines('filter').flatMap((line) => /^:(\S+) DROP\b/.exec(line)?.[1] ?? []))],
    sockets: [
      ...new Set(
        listeners
          .filter(({ address }) => !address.startsWith('127.') && address !== '::1')
          .map(({ protocol, port, process }) =>
            [`:${port}${protocol === 'udp' ? '/udp' : ''}`, ...(process ? [process] : [])].join(' '),
          ),
      ),
    ],
  };
}

/** The routes a card has room for, and how many more there are. */
export function routesShown({ routes }: Badges): { shown: string[]; more: number } {
  if (routes.length <= mostRoutes) return { shown: routes, more: 0 };
  return { shown: routes.slice(0, mostRoutes - 1), more: routes.length - mostRoutes + 1 };
}

/** The rows that its badges take: one a route, one for all the others. */
export function badgeRows(badges: Badges): number {
  const { forwards, nat, rules, drops, sockets } = badges;
  const others = forwards || nat || rules > 0 || drops.length > 0 || sockets.length > 0;
  return Math.min(badges.routes.length, mostRoutes) + (others ? 1 : 0);
}

/** The lines of each table of an iptables-save text. */
function tablesIn(saved: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) {
      lines = [];
      tables.set(line.slice(1).trim(), lines);
    } else lines.push(line);
  }
  return tables;
}
