import { ipv6Text } from './ipv6-text.ts';
import type { Field, Reader } from './layer.ts';

const headerLength = 12;
/** As dig calls them, with their bits (RFC 1035, 4.1.1; RFC 4035, 3.1.6 and 3.2.2). */
const flagNames = { qr: 0x8000, aa: 0x400, tc: 0x200, rd: 0x100, ra: 0x80, ad: 0x20, cd: 0x10 };
const statuses = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];
const types: Record<number, string> = {
  ...{ 1: 'A', 2: 'NS', 5: 'CNAME', 6: 'SOA', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA', 33: 'SRV' },
  ...{ 41: 'OPT', 43: 'DS', 46: 'RRSIG', 47: 'NSEC', 48: 'DNSKEY', 65: 'HTTPS', 255: 'ANY' },
};
const sections = ['Answer', 'Authority', 'Additional'] as const;
/** Of more records there is no use, and a header may claim 65,535. */
const mostRecords = 40;
/** RFC 1035, 2.3.4: a name of 255 octets has no more labels. */
const mostLabels = 127;

/** A message with the words of dig. It is read as far as it goes: whoever sent it may have sent anything. */
export const dns: Reader = (bytes, at) => {
  const word = (place: number) => ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0);
  const flags = word(at + 2);
  const set = Object.entries(flagNames).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]));
  const fields: Field[] = [
    { name: 'Identifier', value: String(word(at)), from: at, to: at + 2 },
    { name: 'Flags', value: set.join(' '), from: at + 2, to: at + 4 },
  ];
  if (set.includes('qr')) {
    const status = statuses[flags & 15] ?? String(flags & 15);
    fields.push({ name: 'Status', value: status, from: at + 3, to: at + 4 });
  }
  let place = at + headerLength;
  const isInside = () => place < bytes.length && fields.length < mostRecords;
  for (let left = word(at + 4); left > 0 && isInside(); left -= 1) {
    const name = nameAt(bytes, place, at);
    const to = name.end + 4;
    fields.push({ name: 'Question', value: `${name.text} ${typeText(word(name.end))}`, from: place, to });
    place = to;
  }
  for (const [index, section] of sections.entries()) {
    for (let left = word(at + 6 + 2 * index); left > 0 && isInside(); left -= 1) {
      const name = nameAt(bytes, place, at);
      const type = word(name.end);
      const ttl = word(name.end + 4) * 65536 + word(name.end + 6);
      const data = name.end + 10;
      const to = data + word(name.end + 8);
      // EDNS (RFC 6891): its fields say other things than those of a record.
      const value =
        types[type] === 'OPT'
          ? `EDNS, ${word(name.end + 2)} bytes`
          : [name.text, ttl, typeText(type), dataText(bytes, type, data, to, at)].join(' ');
      fields.push({ name: section, value, from: place, to });
      place = to;
    }
  }
  return { name: 'DNS', fields, end: bytes.length, next: null };
};

/** With the length of the message in front (RFC 1035, 4.2.2). A handshake has no message. */
export const dnsOverTcp: Reader = (bytes, at) =>
  bytes.length < at + 2 + headerLength
    ? { name: 'Data', fields: [], end: at, next: null }
    : { name: 'Length', fields: [], end: at + 2, next: dns };

const typeText = (type: number): string => types[type] ?? `TYPE${type}`;

/** A name, and where it ends. A part that stands earlier is pointed to (RFC 1035, 4.1.4). */
function nameAt(bytes: Uint8Array, at: number, start: number): { text: string; end: number } {
  const labels: string[] = [];
  let end: number | null = null;
  let place = at;
  while (labels.length < mostLabels) {
    const length = bytes[place] ?? 0;
    if (length >= 0xc0) {
      end ??= place + 2;
      const target = start + (((length & 0x3f) << 8) | (bytes[place + 1] ?? 0));
      // Only backwards: so it comes to an end.
      if (target >= place) break;
      place = target;
    } else if (length === 0) {
      end ??= place + 1;
      break;
    } else {
      labels.push(textOf(bytes.subarray(place + 1, place + 1 + length)));
      place += 1 + length;
    }
  }
  return { text: labels.length === 0 ? '.' : labels.join('.'), end: end ?? place };
}

function dataText(bytes: Uint8Array, type: number, from: number, to: number, start: number): string {
  const data = bytes.subarray(from, to);
  const number = (at: number) => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  switch (types[type]) {
    case 'A':
      return [...data].join('.');
    case 'AAAA':
      return ipv6Text(data, 0);
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return nameAt(bytes, from, start).text;
    case 'MX':
      return `${number(0)} ${nameAt(bytes, from + 2, start).text}`;
    case 'SRV':
      return [number(0), number(2), number(4), nameAt(bytes, from + 6, start).text].join(' ');
    case 'SOA':
      return nameAt(bytes, from, start).text;
    case 'TXT':
      return stringsIn(data).join(' ');
    default:
      return `${data.length} bytes`;
  }
}

/** The strings of a TXT record, each with its length in front. */
function stringsIn(data: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at < data.length; at += 1 + (data[at] ?? 0)) {
    const string = data.subarray(at + 1, at + 1 + (data[at] ?? 0));
    found.push(`"${textOf(string).replaceAll('\\032', ' ')}"`);
  }
  return found;
}

/** What is no letter of ASCII is written as a number, as dig does (RFC 1035, 5.1). */
const textOf = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) =>
      byte > 32 && byte < 127 ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`,
    )
    .join('');
