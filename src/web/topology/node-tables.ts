import { fdbLines, ipsecLines, policyLines } from '../../protocol/extras.ts';
import type { NodeState } from '../state/protocol-types.ts';

/** The tables of a node, in the order of their tabs. */
export const tableNames = ['routes', 'rules', 'connections', 'neighbours', 'fdb', 'sockets'] as const;
export type TableName = (typeof tableNames)[number];

type Column =
  | 'packets'
  | 'bytes'
  | 'table'
  | 'rule'
  | 'route'
  | 'address'
  | 'interface'
  | 'mac'
  | 'state'
  | 'kind'
  | 'port'
  | 'original'
  | 'reply'
  | 'seconds'
  | 'local'
  | 'peer'
  | 'process';

interface TableRow {
  key: string;
  cells: readonly string[];
}

export interface NodeTable {
  /** The command that prints the same. */
  command: string;
  columns: readonly Column[];
  rows: readonly TableRow[];
  /** How many there are; null where more than were read, and nobody counted them. */
  all: number | null;
}

/** So much of a program's output is read, however much it has to say. */
const mostLines = 2000;

const first = (command: string) => `${command} 2>/dev/null | head -n ${mostLines}`;

/** What the watched state does not have: counters, connections, sockets in use. Each is one program in the node. */
export const asking: Partial<Record<TableName, string>> = {
  rules: ['iptables-save -c', 'ip6tables-save -c', 'nft list ruleset'].map(first).join('; echo; '),
  connections: `conntrack -C; { conntrack -L; conntrack -L -f ipv6; } 2>/dev/null | head -n ${mostLines}`,
  sockets: first('ss -Hantup'),
};

/** A table of a node; null while what it needs is being asked for. */
export function tableOf(name: TableName, state: NodeState, output: string | null): NodeTable | null {
  const table = (
    command: string,
    columns: Column[],
    rows: TableRow[],
    all: number | null = rows.length,
  ): NodeTable => ({
    command,
    columns,
    rows,
    all,
  });
  switch (name) {
    case 'routes': {
      const routes = state.routes.filter(({ table: its }) => its !== 'local');
      const lines = routes.map(({ table: its, text }) => [its, text]);
      const policies = policyLines(state).map((text) => ['ip rule', text]);
      const ipsec = ipsecLines(state).map((text) => ['ip xfrm', text]);
      return table('ip route', ['table', 'route'], rowsOf([...lines, ...policies, ...ipsec], [0, 1]));
    }
    case 'neighbours': {
      const lines = state.neighbours.map(({ address, mac, dev, state: its }) => [
        address,
        mac ?? '',
        dev,
        its,
      ]);
      return table('ip neigh', ['address', 'mac', 'interface', 'state'], rowsOf(lines, [0, 2]));
    }
    case 'fdb': {
      const lines = fdbLines(state).map((line) => {
        const [mac = '', , port = '', ...rest] = line.split(' ');
        return [mac, port, rest.join(' ')];
      });
      return table('bridge fdb', ['mac', 'port', 'state'], rowsOf(lines, [0, 1]));
    }
    case 'rules': {
      if (output === null) return null;
      const rows = [...savedRows(output), ...nftRows(output, state)];
      const columns: Column[] = ['packets', 'bytes', 'table', 'rule'];
      return table('iptables-save -c', columns, rows, isCut(output) ? null : rows.length);
    }
    case 'connections': {
      if (output === null) return null;
      const [count = '', ...lines] = output.split('\n');
      const rows = rowsOf(lines.flatMap(connectionIn), [0, 2]);
      const columns: Column[] = ['kind', 'state', 'original', 'reply', 'seconds'];
      return table('conntrack -L', columns, rows, Math.max(rows.length, Number(count) || 0));
    }
    case 'sockets': {
      if (output === null) return null;
      const rows = rowsOf(output.split('\n').flatMap(socketIn), [0, 2, 3]);
      const columns: Column[] = ['kind', 'state', 'local', 'peer', 'process'];
      return table('ss -antup', columns, rows, isCut(output) ? null : rows.length);
    }
  }
}

const isCut = (output: string) => output.split('\n').length > mostLines;

/** A row keeps its key while the cells that say what it stands for are the same. */
function rowsOf(lines: string[][], by: number[]): TableRow[] {
  const seen = new Map<string, number>();
  return lines.map((cells) => {
    const what = by.map((index) => cells[index]).join(' ');
    const times = seen.get(what) ?? 0;
    seen.set(what, times + 1);
    return { key: `${what} ${times}`, cells };
  });
}

/** Rules and policies in a text of `iptables-save -c`, each with its table and counters. */
function savedRows(saved: string): TableRow[] {
  const rows: TableRow[] = [];
  let table = '';
  for (const line of saved.split('\n')) {
    const policy = /^:(\S+) (\S+) \[(\d+):(\d+)\]$/.exec(line);
    const rule = /^\[(\d+):(\d+)\] (-A .*)$/.exec(line);
    const add = (cells: string[]) => rows.push({ key: `${rows.length} ${cells.slice(2).join(' ')}`, cells });
    if (line.startsWith('*')) table = line.slice(1).trim();
    // A chain of one's own has no policy and no counter.
    else if (policy && policy[2] !== '-') {
      add([policy[3] ?? '', policy[4] ?? '', table, `-P ${policy[1]} ${policy[2]}`]);
    } else if (rule) add([rule[1] ?? '', rule[2] ?? '', table, rule[3] ?? '']);
  }
  return rows;
}

/** Rules of the tables that iptables did not make, in a text of `nft list ruleset`. */
function nftRows(ruleset: string, state: NodeState): TableRow[] {
  const native = (state.nft ?? []).filter((table) => table.native);
  const own = new Set(native.map(({ family, name }) => `table ${family} ${name} {`));
  const rows: TableRow[] = [];
  let table: string | null = null;
  let chain = '';
  for (const line of ruleset.split('\n')) {
    const text = line.trim();
    if (line.startsWith('table ')) table = own.has(text.replace(/ # .*$/, '')) ? text.slice(6, -2) : null;
    else if (line === '}') table = null;
    else if (text.startsWith('chain ')) chain = text.slice(6, -2);
    else if (table !== null && text !== '' && text !== '}') {
      const counter = /counter packets (\d+) bytes (\d+) ?/.exec(text);
      const rule = `${chain}: ${text.replace(counter?.[0] ?? '', '')}`;
      rows.push({
        key: `nft ${rows.length} ${table} ${rule}`,
        cells: [counter?.[1] ?? '', counter?.[2] ?? '', table, rule],
      });
    }
  }
  return rows;
}

/** `tcp 6 431999 ESTABLISHED src=… dst=… sport=… dport=… src=… …`; no row of anything else. */
function connectionIn(line: string): string[][] {
  const [protocol, , seconds, ...words] = line.trim().split(/\s+/);
  if (protocol === undefined || seconds === undefined || !/^\d+$/.test(seconds)) return [];
  const ends: Record<string, string>[] = [];
  for (const word of words) {
    const [key = '', value = ''] = word.split('=');
    if (key === 'src') ends.push({});
    const end = ends.at(-1);
    if (end) end[key] ??= value;
  }
  const state = /^[A-Z_0-9]+$/.test(words[0] ?? '') ? [words[0]] : [];
  const flags = words.filter((word) => word.startsWith('[')).map((word) => word.slice(1, -1));
  const [original, reply] = ends.map(
    (end) => `${placeIn(end, 'src', 'sport')} → ${placeIn(end, 'dst', 'dport')}`,
  );
  return [[protocol, [...state, ...flags].join(' '), original ?? '', reply ?? '', seconds]];
}

const placeIn = (end: Record<string, string>, address: string, port: string): string =>
  [end[address], ...(end[port] === undefined ? [] : [end[port]])].join(':');

/** A line of `ss -Hantup`. */
function socketIn(line: string): string[][] {
  const [kind, state, , , local, peer, ...rest] = line.trim().split(/\s+/);
  if (kind === undefined || state === undefined || local === undefined || peer === undefined) return [];
  const processes = [...rest.join(' ').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
  return [[kind, state, local, peer, [...new Set(processes)].join(', ')]];
}
