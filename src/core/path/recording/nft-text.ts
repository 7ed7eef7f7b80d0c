/** A chain as `nft -a list ruleset` prints it. */
export interface NftChain {
  family: string;
  table: string;
  chain: string;
  /** Null for a chain that no hook calls. */
  hook: string | null;
  /** As nft names it: `filter`, `raw + 5`, `-300`; empty without a hook. */
  priority: string;
  /** Of family netdev: the devices it is for. */
  devices: string[];
  policy: 'accept' | 'drop';
  rules: { handle: number; text: string }[];
}

const opening = /^table (\w+) (\S+) \{/;
const chainStart = /^\s+chain (\S+) \{/;
const hookLine =
  /^\s+type \w+ hook (\w+)(?: devices? (?:= )?(.*?))? priority ([^;]+);(?: policy (accept|drop);)?/;
const ruleLine = /^\s+(\S.*?) # handle (\d+)$/;

/** The chains in the output of `nft -a list ruleset`; sets, maps and everything else are left out. */
export function nftChains(text: string): NftChain[] {
  const chains: NftChain[] = [];
  let [family, table] = ['', ''];
  let chain: NftChain | null = null;
  for (const line of text.split('\n')) {
    const [opened, started] = [opening.exec(line), chainStart.exec(line)];
    if (opened) [family, table] = [opened[1] ?? '', opened[2] ?? ''];
    else if (started) {
      const name = started[1] ?? '';
      chain = {
        family,
        table,
        chain: name,
        hook: null,
        priority: '',
        devices: [],
        policy: 'accept',
        rules: [],
      };
      chains.push(chain);
    } else if (/^\s*\}/.test(line)) chain = null;
    else if (chain !== null) read(chain, line);
  }
  return chains;
}

function read(chain: NftChain, line: string): void {
  const hook = hookLine.exec(line);
  const rule = ruleLine.exec(line);
  if (hook) {
    chain.hook = hook[1] ?? null;
    chain.devices = [...(hook[2] ?? '').matchAll(/[^\s{},"]+/g)].map(([name]) => name);
    chain.priority = hook[3] ?? '';
    chain.policy = hook[4] === 'drop' ? 'drop' : 'accept';
  } else if (rule) chain.rules.push({ handle: Number(rule[2]), text: rule[1] ?? '' });
}

/** The rules of one chain in a table's listing without handles. */
export function rulesListed(table: string, chain: string): string[] {
  const lines = table.split('\n');
  const start = lines.findIndex((line) => chainStart.exec(line)?.[1] === chain);
  const body = start === -1 ? [] : lines.slice(start + 1);
  const end = body.findIndex((line) => /^\s*\}/.test(line));
  return body
    .slice(0, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(type \w+ hook|comment ")/.test(line));
}
