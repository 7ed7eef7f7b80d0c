/** The names of tables and protocols in a machine's own files (ip-route(8)). */
export interface Names {
  table: (number: number) => string;
  protocol: (number: number) => string;
}

/** Names that iproute2 has without a file. */
const tables: Record<number, string> = { 253: 'default', 254: 'main', 255: 'local' };
const protocols: Record<number, string> = {
  ...{ 0: 'unspec', 1: 'redirect', 2: 'kernel', 3: 'boot', 4: 'static', 8: 'gated', 9: 'ra', 10: 'mrt' },
  ...{ 11: 'zebra', 12: 'bird', 13: 'dnrouted', 14: 'xorp', 15: 'ntk', 16: 'dhcp', 18: 'keepalived' },
  ...{ 42: 'babel', 186: 'bgp', 187: 'isis', 188: 'ospf', 189: 'rip', 192: 'eigrp' },
};

let last: { text: string; names: Names } | null = null;

/** The same names as long as the files say the same. */
export function namesOf(files: readonly string[]): Names {
  const text = files.join('\0');
  if (last?.text !== text) last = { text, names: namesIn(files) };
  return last.names;
}

/** @param files rt_tables and rt_protos, each of the package's own and of /etc. */
function namesIn(files: readonly string[]): Names {
  const [sharedTables = '', ownTables = '', sharedProtocols = '', ownProtocols = ''] = files;
  const table = { ...tables, ...numbersIn(sharedTables), ...numbersIn(ownTables) };
  const protocol = { ...protocols, ...numbersIn(sharedProtocols), ...numbersIn(ownProtocols) };
  return { table: (number) => table[number] ?? String(number), protocol: (n) => protocol[n] ?? String(n) };
}

/** Lines `number name`; a number may be hexadecimal. */
function numbersIn(text: string): Record<number, string> {
  const found = [...text.matchAll(/^[ \t]*(0x[\da-f]{1,8}|\d{1,10})[ \t]+([^\s#]{1,64})/gim)];
  return Object.fromEntries(found.map(([, number = '', name = '']) => [Number(number), name]));
}
