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

/** Chains of services as text. They stand in the table nat. */
export function serviceChains(restore: string): Chains {
  const nat = tablesOf(restore).find(({ name }) => name === 'nat');
  return new Map(
    [...(nat?.chains ?? [])]
      .filter(([chain]) => ofService.test(chain))
      .map(([chain, lines]) => [chain, lines.join('\n')]),
  );
}

/**
 * Only the services that changed since `before`, as in kube-proxy's partial syncs: chains of the others are left
 * alone, and a user's changes in them stay. Chains of services that are gone are removed, unless that is for later.
 */
export function changes(restore: string, before: Chains, removes = true): string {
  const now = serviceChains(restore);
  const changed = changedChains(now, before);
  return tablesOf(restore)
    .map(({ name, chains }) => {
      const written = [...chains].filter(([chain]) => !now.has(chain) || changed.has(chain));
      const gone = name === 'nat' && removes ? [...before.keys()].filter((chain) => !now.has(chain)) : [];
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

/** Canaries are made with all of the rules alone: a partial sync would hide that something removed them. */
export function withoutCanaries(restore: string): string {
  return restore.replaceAll(/^:KUBE-PROXY-CANARY .*\n/gm, '');
}

/** All chains of a service with one that changed. Comments, which a large cluster leaves out, are no change. */
function changedChains(now: Chains, before: Chains): Set<string> {
  const rules = (text: string | undefined) => text?.replaceAll(/ -m comment --comment ("[^"]*"|\S+)/g, '');
  const differs = (chain: string) => rules(now.get(chain)) !== rules(before.get(chain));
  const services = new Map<string, string[]>();
  for (const [chain, text] of now) {
    if (chain.startsWith('KUBE-SEP-')) continue;
    const hash = chain.slice(chain.lastIndexOf('-') + 1);
    const endpoints = [...text.matchAll(/-j (KUBE-SEP-\S+)/g)].map(([, endpoint = '']) => endpoint);
    services.set(hash, [...(services.get(hash) ?? []), chain, ...endpoints]);
  }
  return new Set([...services.values()].filter((chains) => chains.some(differs)).flat());
}
