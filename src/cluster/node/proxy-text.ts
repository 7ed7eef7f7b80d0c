/** The rules of kube-proxy on a node, and the input of iptables-restore that changes them. */

interface Table {
  name: string;
  /** Chain -> its lines. */
  chains: Map<string, string[]>;
}

function tablesOf(restore: string): Table[] {
  const tables: Table[] = [];
  for (const line of restore.split('\n')) {
    const table = tables.at(-1);
    if (line.startsWith('*')) tables.push({ name: line.slice(1), chains: new Map() });
    else if (line.startsWith(':')) table?.chains.set(line.slice(1, line.indexOf(' ')), []);
    else if (line.startsWith('-A ')) table?.chains.get(line.split(' ')[1] ?? '')?.push(line);
  }
  return tables;
}

const ofService = /^KUBE-(SVC|SVL|SEP|EXT|FW)-/;

export type Chains = Map<string, string>;

/** Chains of services as text, by `table/chain`. */
export function serviceChains(restore: string): Chains {
  const found: Chains = new Map();
  for (const { name, chains } of tablesOf(restore))
    for (const [chain, lines] of chains)
      if (ofService.test(chain)) found.set(`${name}/${chain}`, lines.join('\n'));
  return found;
}

/**
 * Only the differences from `before`, as in kube-proxy's partial syncs: a service's unchanged chains are left
 * alone, and a user's changes in them stay. Chains of services that are gone are removed.
 */
export function changes(restore: string, before: Chains): string {
  return tablesOf(restore)
    .map(({ name, chains }) => {
      const written = [...chains].filter(
        ([chain, lines]) => !ofService.test(chain) || before.get(`${name}/${chain}`) !== lines.join('\n'),
      );
      const gone = [...before.keys()]
        .filter((key) => key.startsWith(`${name}/`))
        .map((key) => key.slice(name.length + 1))
        .filter((chain) => !chains.has(chain));
      return [
        `*${name}`,
        ...written.map(([chain]) => `:${chain} - [0:0]`),
        ...gone.map((chain) => `:${chain} - [0:0]`),
        ...written.flatMap(([, lines]) => lines),
        ...gone.map((chain) => `-X ${chain}`),
        'COMMIT\n',
      ].join('\n');
    })
    .join('');
}
