/** One packet at one device, as tcpdump prints it. */
export interface Captured {
  time: string;
  node: string;
  link: string;
  way: 'in' | 'out';
  /** The packet's identity, the same at every device. */
  packet: string;
  source: string;
  destination: string;
  /** `40000>80`; empty where the protocol has none. */
  ports: string;
  ttl: number;
}

const v4 =
  /^(\d+\.\d+) +(\S+) +(\S+) +IP \(.*ttl (\d+), id (\d+), offset (\d+), flags \[([^\]]*)\], proto (\S+) .*\n\s+(\S+) > (\S+): (.*)$/gm;
const v6 =
  /^(\d+\.\d+) +(\S+) +(\S+) +IP6 \((?:class \S+, )?(?:flowlabel \S+, )?hlim (\d+), next-header (\S+) .*?payload length: \d+\) (\S+) > (\S+): (.*)$/gm;

/** Everything that `tcpdump -v -S -tt -nn -i any` printed in one node; its markers are not packets. */
export function capturedIn(node: string, text: string): Captured[] {
  const four = [...text.matchAll(v4)].map(
    ([
      ,
      time = '',
      link = '',
      way,
      ttl,
      id,
      offset,
      flags = '',
      protocol = '',
      from = '',
      to = '',
      what = '',
    ]) => ({
      ...{ time, node, link, way: wayOf(way), ttl: Number(ttl) },
      ...ends(from, to, /^(\d+\.\d+\.\d+\.\d+)(?:\.(\d+))?$/),
      packet: `${id} ${Number(offset) > 0 ? `fragment ${offset}` : kindOf(protocol, what, flags.includes('+'))}`,
    }),
  );
  const six = [...text.matchAll(v6)].map(
    ([, time = '', link = '', way, ttl, protocol = '', from = '', to = '', what = '']) => ({
      ...{ time, node, link, way: wayOf(way), ttl: Number(ttl) },
      ...ends(from, to, /^([0-9a-f:]+)(?:\.(\d+))?$/),
      packet: `- ${pieceOf(what) ?? kindOf(protocol, what, false)}`,
    }),
  );
  return [...four, ...six].filter(({ source }) => source !== '127.0.0.9');
}

/** Besides In and Out: P, for another host; B and M, for all and for many. */
const wayOf = (way: string | undefined) => (way === 'Out' ? ('out' as const) : ('in' as const));

function ends(from: string, to: string, form: RegExp) {
  const [, source = from, sourcePort] = form.exec(from) ?? [];
  const [, destination = to, destinationPort] = form.exec(to) ?? [];
  const ports = sourcePort === undefined ? '' : `${sourcePort}>${destinationPort}`;
  return { source, destination, ports };
}

/** `frag (0x1c2d3e4f:1448|1448)`; of the first fragment what it begins with is printed too. */
function pieceOf(what: string): string | null {
  const [, offset, first = ''] = /^frag \(0x[0-9a-f]+:(\d+)\|\d+\) ?(.*)$/.exec(what) ?? [];
  if (offset === undefined) return null;
  return offset === '0'
    ? kindOf(first.startsWith('ICMP6') ? 'ICMPv6' : 'UDP', first, true)
    : `fragment ${offset}`;
}

function kindOf(protocol: string, what: string, more: boolean): string {
  if (protocol.startsWith('ICMP')) {
    return /echo (request|reply)/.exec(what)?.[0] ?? 'error';
  }
  // tcpdump prints no ports of a datagram's first fragment that it cannot read whole, but all that is asked here.
  if (protocol !== 'TCP') return more ? 'UDP' : protocol;
  const flags = /Flags \[([^\]]*)\]/.exec(what)?.[1] ?? '';
  const names = { S: 'SYN', F: 'FIN', R: 'RST', P: 'PSH', '.': 'ACK' };
  const found = Object.entries(names).filter(([letter]) => flags.includes(letter));
  const acknowledged = flags.includes('.') ? (/ ack (\d+)/.exec(what)?.[1] ?? '0') : '0';
  const payload = / length (\d+)/.exec(what)?.[1] ?? '0';
  return `${found
    .map(([, name]) => name)
    .toSorted()
    .join(',')} ${acknowledged} ${payload}`;
}
