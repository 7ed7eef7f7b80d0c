import { dns, dnsOverTcp } from './dns.ts';
import { http, isHttp } from './http.ts';
import { ipv6Text } from './ipv6-text.ts';
import type { Field, Layer, Reader } from './layer.ts';

/** The layers of an Ethernet frame, outermost first; what no reader knows is data. */
export function dissect(bytes: Uint8Array): Layer[] {
  const layers: Layer[] = [];
  let at = 0;
  let reader: Reader | null = ethernet;
  while (reader !== null && at < bytes.length) {
    const { name, fields, end, next }: ReturnType<Reader> = reader(bytes, at);
    const to = Math.min(end, bytes.length);
    if (to <= at) break;
    layers.push({ name, fields: fields.filter((field) => field.to <= bytes.length), from: at, to });
    at = to;
    reader = next;
  }
  if (at < bytes.length) layers.push({ name: 'Data', fields: [], from: at, to: bytes.length });
  return layers;
}

const ethernet: Reader = (bytes, at) => ({
  name: 'Ethernet',
  fields: [
    field('Destination', mac(bytes, at), at, 6),
    field('Source', mac(bytes, at + 6), at + 6, 6),
    field('Type', hex(number(bytes, at + 12, 2), 4), at + 12, 2),
  ],
  end: at + 14,
  next: etherTypes[number(bytes, at + 12, 2)] ?? null,
});

const vlan: Reader = (bytes, at) => ({
  name: 'VLAN',
  fields: [
    field('VLAN', String(number(bytes, at, 2) & 0xfff), at, 2),
    field('Type', hex(number(bytes, at + 2, 2), 4), at + 2, 2),
  ],
  end: at + 4,
  next: etherTypes[number(bytes, at + 2, 2)] ?? null,
});

const arp: Reader = (bytes, at) => ({
  name: 'ARP',
  fields: [
    field('Operation', number(bytes, at + 6, 2) === 1 ? '1 (request)' : '2 (reply)', at + 6, 2),
    field('Sender MAC', mac(bytes, at + 8), at + 8, 6),
    field('Sender', ipv4Text(bytes, at + 14), at + 14, 4),
    field('Target MAC', mac(bytes, at + 18), at + 18, 6),
    field('Target', ipv4Text(bytes, at + 24), at + 24, 4),
  ],
  end: at + 28,
  next: null,
});

const ipv4: Reader = (bytes, at) => {
  const length = number(bytes, at, 1) & 15;
  const fragment = number(bytes, at + 6, 2);
  const protocol = number(bytes, at + 9, 1);
  return {
    name: 'IPv4',
    fields: [
      field('Header length', `${length * 4}`, at, 1),
      field('Total length', `${number(bytes, at + 2, 2)}`, at + 2, 2),
      field('Identification', hex(number(bytes, at + 4, 2), 4), at + 4, 2),
      field('Flags, offset', fragmentText(fragment), at + 6, 2),
      field('TTL', `${number(bytes, at + 8, 1)}`, at + 8, 1),
      field('Protocol', `${protocol}${named(protocols, protocol)}`, at + 9, 1),
      field('Checksum', hex(number(bytes, at + 10, 2), 4), at + 10, 2),
      field('Source', ipv4Text(bytes, at + 12), at + 12, 4),
      field('Destination', ipv4Text(bytes, at + 16), at + 16, 4),
    ],
    end: at + length * 4,
    next: (fragment & 0x1fff) === 0 ? (payloads[protocol] ?? null) : null,
  };
};

const ipv6: Reader = (bytes, at) => {
  const protocol = number(bytes, at + 6, 1);
  return {
    name: 'IPv6',
    fields: [
      field('Payload length', `${number(bytes, at + 4, 2)}`, at + 4, 2),
      field('Next header', `${protocol}${named(protocols, protocol)}`, at + 6, 1),
      field('Hop limit', `${number(bytes, at + 7, 1)}`, at + 7, 1),
      field('Source', ipv6Text(bytes, at + 8), at + 8, 16),
      field('Destination', ipv6Text(bytes, at + 24), at + 24, 16),
    ],
    end: at + 40,
    next: payloads[protocol] ?? null,
  };
};

const icmp =
  (name: string, types: Record<number, string>): Reader =>
  (bytes, at) => {
    const type = number(bytes, at, 1);
    return {
      name,
      fields: [
        field('Type', `${type}${named(types, type)}`, at, 1),
        field('Code', `${number(bytes, at + 1, 1)}`, at + 1, 1),
        field('Checksum', hex(number(bytes, at + 2, 2), 4), at + 2, 2),
        ...(types[type]?.startsWith('echo')
          ? [
              field('Identifier', `${number(bytes, at + 4, 2)}`, at + 4, 2),
              field('Sequence', `${number(bytes, at + 6, 2)}`, at + 6, 2),
            ]
          : []),
      ],
      end: at + 8,
      next: null,
    };
  };

const tcp: Reader = (bytes, at) => {
  const end = at + (number(bytes, at + 12, 1) >> 4) * 4;
  return {
    name: 'TCP',
    fields: [
      field('Source port', `${number(bytes, at, 2)}`, at, 2),
      field('Destination port', `${number(bytes, at + 2, 2)}`, at + 2, 2),
      field('Sequence', `${number(bytes, at + 4, 4)}`, at + 4, 4),
      field('Acknowledgment', `${number(bytes, at + 8, 4)}`, at + 8, 4),
      field('Flags', flagText(number(bytes, at + 13, 1)), at + 13, 1),
      field('Window', `${number(bytes, at + 14, 2)}`, at + 14, 2),
      field('Checksum', hex(number(bytes, at + 16, 2), 4), at + 16, 2),
    ],
    end,
    next: isOfPort(bytes, at, 53) ? dnsOverTcp : isHttp(bytes, end) ? http : null,
  };
};

const udp: Reader = (bytes, at) => ({
  name: 'UDP',
  fields: [
    field('Source port', `${number(bytes, at, 2)}`, at, 2),
    field('Destination port', `${number(bytes, at + 2, 2)}`, at + 2, 2),
    field('Length', `${number(bytes, at + 4, 2)}`, at + 4, 2),
    field('Checksum', hex(number(bytes, at + 6, 2), 4), at + 6, 2),
  ],
  end: at + 8,
  next: number(bytes, at + 2, 2) === 4789 ? vxlan : isOfPort(bytes, at, 53) ? dns : null,
});

const vxlan: Reader = (bytes, at) => ({
  name: 'VXLAN',
  fields: [field('VNI', `${number(bytes, at + 4, 4) >>> 8}`, at + 4, 3)],
  end: at + 8,
  next: ethernet,
});

const etherTypes: Record<number, Reader> = { 2048: ipv4, 2054: arp, 33024: vlan, 34525: ipv6 };

const protocols: Record<number, string> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };

const payloads: Record<number, Reader> = {
  1: icmp('ICMP', {
    0: 'echo reply',
    3: 'destination unreachable',
    5: 'redirect',
    8: 'echo request',
    11: 'time exceeded',
  }),
  6: tcp,
  17: udp,
  58: icmp('ICMPv6', {
    1: 'destination unreachable',
    2: 'packet too big',
    3: 'time exceeded',
    128: 'echo request',
    129: 'echo reply',
    135: 'neighbour solicitation',
    136: 'neighbour advertisement',
  }),
};

const field = (name: string, value: string, from: number, length: number): Field => ({
  ...{ name, value, from, to: from + length },
});

function number(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
}

const isOfPort = (bytes: Uint8Array, at: number, port: number): boolean =>
  number(bytes, at, 2) === port || number(bytes, at + 2, 2) === port;

const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;
const named = (names: Record<number, string>, value: number) => (names[value] ? ` (${names[value]})` : '');
const octets = (bytes: Uint8Array, at: number, length: number) => [...bytes.subarray(at, at + length)];
const mac = (bytes: Uint8Array, at: number) =>
  octets(bytes, at, 6)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':');
const ipv4Text = (bytes: Uint8Array, at: number) => octets(bytes, at, 4).join('.');

function fragmentText(value: number): string {
  const flags = [...(value & 0x4000 ? ['DF'] : []), ...(value & 0x2000 ? ['MF'] : [])];
  return [...flags, `${(value & 0x1fff) * 8}`].join(' ');
}

function flagText(value: number): string {
  const names = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
  return names.filter((_, bit) => value & (1 << bit)).join(', ');
}
