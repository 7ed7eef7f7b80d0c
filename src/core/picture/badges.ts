import type { NftTable, NodeState } from '../state/observation.ts';

/** What a node does with packets, in a few words on its card. */
export interface Badges {
  /** Routes that were given: `default → 192.168.1.1`; the last may be a number of more. */
  routes: string[];
  /** The family it forwards packets of, where it has addresses of both and forwards those of one. */
  forwards: 'all' | 'IPv4' | 'IPv6' | null;
  /** It has rules that translate addresses. */
  nat: boolean;
  /** How many rules filter packets, and the chains that drop what no rule lets pass. */
  rules: number;
  drops: string[];
  /** Ports that others can reach: `:80 nginx`. */
  sockets: string[];
}

/** Rows of routes that a card has room for. */
const mostRows = 4;
/** A longer one has its gateway in a row of its own: so many characters fit where a picture is seen as a whole. */
const longest = 22;

export const noBadges: Badges = { routes: [], forwards: null, nat: false, rules: 0, drops: [], sockets: [] };

export function badgesOf(node: NodeState): Badges {
  const { routes, rules, listeners } = node;
  const given = routes.filter(
    ({ table, protocol }) => table !== 'local' && protocol !== 'kernel' && protocol !== 'ra',
  );
  const tables = [rules.ipv4, rules.ipv6].map(tablesIn);
  const lines = (table: string) => tables.flatMap((each) => each.get(table) ?? []);
  const shown = { ip: tables[0], ip6: tables[1] } as Record<string, Map<string, string[]> | undefined>;
  const chains = (node.nft ?? [])
    .filter(({ family, name, native }) => native && !shown[family]?.has(name))
    .flatMap(chainsIn);
  const filters = chains.filter(({ hook }) => !/^type nat /.test(hook));
  return {
    routes: [
      ...new Set(
        given.map(({ type, destination, via, dev }) =>
          [destination, type === 'unicast' ? `→ ${via ?? dev ?? ''}` : type].join(' '),
        ),
      ),
    ],
    forwards: forwarded(node),
    nat:
      lines('nat').some((line) => /-j (MASQUERADE|SNAT|DNAT|REDIRECT)\b/.test(line)) ||
      chains.some(({ rules }) => rules.some((rule) => /\b(masquerade|[sd]nat|redirect)\b/.test(rule))),
    rules:
      lines('filter').filter((line) => line.startsWith('-A')).length +
      filters.reduce((sum, { rules }) => sum + rules.length, 0),
    drops: [
      ...new Set([
        ...lines('filter').flatMap((line) => /^:(\S+) DROP\b/.exec(line)?.[1] ?? []),
        ...filters.filter(({ hook }) => / policy drop;/.test(hook)).map(({ name }) => name),
      ]),
    ],
    sockets: [
      ...new Set(
        listeners
          .filter(({ address }) => !address.startsWith('127.') && address !== '::1')
          .sort((one, other) => one.port - other.port)
          .map(({ protocol, port, process }) =>
            [`:${port}${protocol === 'udp' ? '/udp' : ''}`, ...(process ? [process] : [])].join(' '),
          ),
      ),
    ],
  };
}

/** The routes a card has room for, each as its rows, and how many more there are. */
export function routesShown({ routes }: Badges): { shown: string[][]; more: number } {
  // Of thousands the others are only counted: sizes are asked for again and again.
  const all = routes.slice(0, mostRows + 1).map(rowsOfRoute);
  if (all.flat().length <= mostRows) return { shown: all, more: 0 };
  let count = all.length - 1;
  while (count > 1 && all.slice(0, count).flat().length > mostRows - 1) count -= 1;
  return { shown: all.slice(0, count), more: routes.length - count };
}

function rowsOfRoute(route: string): string[] {
  const [to = '', gateway] = route.split(/ (?=→)/);
  return route.length <= longest || gateway === undefined ? [route] : [to, gateway];
}

/** The rows that its badges take: those of its routes, one for all the others; of a brief card, one for all. */
export function badgeRows(badges: Badges, isBrief = false): number {
  const { forwards, nat, rules, drops, sockets } = badges;
  const others = forwards !== null || nat || rules > 0 || drops.length > 0 || sockets.length > 0;
  if (isBrief) return others || badges.routes.length > 0 ? 1 : 0;
  const { shown, more } = routesShown(badges);
  return shown.flat().length + (more > 0 ? 1 : 0) + (others ? 1 : 0);
}

function forwarded({ sysctls, links }: NodeState): Badges['forwards'] {
  const ipv4 = sysctls['net.ipv4.ip_forward'] === '1';
  const ipv6 = sysctls['net.ipv6.conf.all.forwarding'] === '1';
  const given = links.flatMap(({ addresses }) => addresses);
  const both = given.some(({ family, scope }) => family === 'ipv6' && scope === 'global');
  if (ipv4) return ipv6 || !both ? 'all' : 'IPv4';
  return ipv6 ? 'IPv6' : null;
}

/** The chains of a table of nftables, which iptables-save does not show: the line of its hook, and its rules. */
function chainsIn({ name: table, text }: NftTable): { name: string; hook: string; rules: string[] }[] {
  return [...text.matchAll(/^\tchain (\S+) \{\n(.*?)^\t\}/gms)].map(([, chain = '', body = '']) => {
    const lines = body.split('\n').map((line) => line.trim());
    const hook = lines.find((line) => /^type \w+ hook /.test(line)) ?? '';
    return { name: `${table} ${chain}`, hook, rules: lines.filter((line) => line !== '' && line !== hook) };
  });
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
