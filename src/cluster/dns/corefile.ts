/** A Corefile as CoreDNS reads it: blocks of a server, each with its plugins. */
export interface ServerBlock {
  zones: string[];
  plugins: Plugin[];
}

export interface Plugin {
  name: string;
  args: string[];
  /** Lines of its own block. */
  options: string[][];
  line: number;
}

/** CoreDNS's error about a Corefile; it ends then. */
export class CorefileError extends Error {
  constructor(line: number, words: string) {
    super(`/etc/coredns/Corefile:${line} - Error during parsing: ${words}`);
  }
}

interface Line {
  words: string[];
  number: number;
}

/** @throws {CorefileError} */
export function parseCorefile(text: string): ServerBlock[] {
  const lines = text
    .split('\n')
    .map((line, at) => ({ words: wordsOf(line), number: at + 1 }))
    .filter(({ words }) => words.length > 0);
  const last = lines.at(-1)?.number ?? 1;
  const blocks: ServerBlock[] = [];
  while (lines.length > 0) blocks.push(serverBlock(lines, last));
  return blocks;
}

function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

function serverBlock(lines: Line[], last: number): ServerBlock {
  const head = lines.shift();
  const opened = head?.words.at(-1) === '{';
  const keys = (opened ? head?.words.slice(0, -1) : head?.words) ?? [];
  if (!opened) throw new CorefileError(last, 'Unexpected EOF');
  const zones = keys.map((key) => zoneOf(key.replace(/,$/, ''))).filter((zone) => zone !== '');
  const plugins: Plugin[] = [];
  for (;;) {
    const line = lines.shift();
    if (line === undefined) throw new CorefileError(last, 'Unexpected EOF');
    const [name = '', ...rest] = line.words;
    if (name === '}') return { zones: zones.length === 0 ? ['.'] : zones, plugins };
    if (!known.has(name)) throw new CorefileError(line.number, `Unknown directive '${name}'`);
    const nested = rest.at(-1) === '{';
    const options = nested ? optionLines(lines, last) : [];
    plugins.push({ name, args: nested ? rest.slice(0, -1) : rest, options, line: line.number });
  }
}

function optionLines(lines: Line[], last: number): string[][] {
  const options: string[][] = [];
  for (;;) {
    const line = lines.shift();
    if (line === undefined) throw new CorefileError(last, 'Unexpected EOF');
    if (line.words[0] === '}') return options;
    options.push(line.words);
  }
}

/** `example.org:53` and `dns://.` without scheme and port, as a name with its last dot. */
export function zoneOf(key: string): string {
  const name = key.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
  if (name === '') return key === '' ? '' : '.';
  return name.endsWith('.') ? name.toLowerCase() : `${name.toLowerCase()}.`;
}

/** The plugins compiled into CoreDNS 1.11 (its plugin.cfg). */
const known = new Set(
  [
    'root metadata geoip cancel tls timeouts multisocket reload nsid bufsize bind debug trace ready health pprof',
    'prometheus errors log dnstap local dns64 any chaos loadbalance tsig cache rewrite header dnssec autopath',
    'minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd',
    'loop forward grpc erratic whoami acl on sign view',
  ]
    .join(' ')
    .split(' '),
);
