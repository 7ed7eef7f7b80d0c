import type { Value } from '../grammar.ts';
import { type AddressRange, normalHost, readAddressRange } from './address.ts';
import { readInteger } from './integer.ts';
import { type Port, portNumber, readPort } from './port.ts';

/** Ports to translate to; `base` is the port the range is counted from (DNAT's shifted port mapping). */
export interface NatPorts {
  from: Port;
  to: Port;
  base?: Port;
}

/** The target of a DNAT or SNAT translation: addresses, ports or both. */
export interface NatRange {
  addresses?: AddressRange;
  ports?: NatPorts;
}

/** `80`, `80-90`; and with a base, `80-90/1000`. */
function readNatPorts(text: string): NatPorts | undefined {
  const slash = text.indexOf('/');
  const base = slash < 0 ? undefined : readPort(text.slice(slash + 1));
  if (slash >= 0 && (base === undefined || !text.slice(0, slash).includes('-'))) return undefined;
  const range = slash < 0 ? text : text.slice(0, slash);
  const whole = readPort(range);
  let ports: NatPorts | undefined;
  const dash = range.indexOf('-');
  if (dash < 0) {
    ports = whole === undefined ? undefined : { from: whole, to: whole };
  } else {
    const from = readInteger(range.slice(0, dash), 65535);
    const to = readInteger(range.slice(dash + 1), 65535);
    if (from !== undefined && to !== undefined) ports = from <= to ? { from, to } : undefined;
    else if (whole !== undefined) ports = { from: whole, to: whole };
  }
  return ports && base !== undefined ? { ...ports, base } : ports;
}

function writeNatPorts({ from, to, base }: NatPorts): string {
  return `${from === to ? from : `${from}-${to}`}${base === undefined ? '' : `/${base}`}`;
}

const normalNatPorts = ({ from, to, base }: NatPorts): NatPorts => ({
  from: portNumber(from),
  to: portNumber(to),
  ...(base === undefined ? {} : { base: portNumber(base) }),
});

/** NAT addresses are read by `inet_pton`: four decimal parts, unlike `-s`. */
const isStrict = (text: string): boolean =>
  text.includes(':') || /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(text);

function split(text: string): { addresses: string; ports: string | undefined } | undefined {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    const rest = text.slice(close + 1);
    if (close < 0 || (rest !== '' && !rest.startsWith(':'))) return undefined;
    return { addresses: text.slice(1, close), ports: rest === '' ? undefined : rest.slice(1) };
  }
  const colon = text.indexOf(':');
  if (colon < 0 || (colon !== text.lastIndexOf(':') && colon !== 0))
    return { addresses: text, ports: undefined };
  if (colon === 0 && text.startsWith('::')) return { addresses: text, ports: undefined };
  return { addresses: text.slice(0, colon), ports: text.slice(colon + 1) };
}

function readNatRange(text: string, shifted: boolean): NatRange | undefined {
  const parts = split(text);
  if (parts === undefined) return undefined;
  const addresses = parts.addresses === '' ? undefined : readAddressRange(parts.addresses);
  const ports = parts.ports === undefined ? undefined : readNatPorts(parts.ports);
  if (parts.addresses !== '' && addresses === undefined) return undefined;
  if (addresses && !(isStrict(addresses.from) && isStrict(addresses.to))) return undefined;
  if (parts.ports !== undefined && (ports === undefined || (ports.base !== undefined && !shifted)))
    return undefined;
  if (addresses === undefined && ports === undefined) return undefined;
  return { ...(addresses && { addresses }), ...(ports && { ports }) };
}

function writeNatRange({ addresses, ports }: NatRange): string {
  const range = addresses
    ? addresses.from === addresses.to
      ? addresses.from
      : `${addresses.from}-${addresses.to}`
    : '';
  if (ports === undefined) return range;
  return `${range.includes(':') ? `[${range}]` : range}:${writeNatPorts(ports)}`;
}

/** DNAT's or SNAT's argument; only DNAT knows `/base`. */
export const natRange = (shifted: boolean): Value<NatRange> => ({
  words: 1,
  expected:
    'an address, a range, ports or both (10.0.0.1:80, 10.0.0.1-10.0.0.9:8000-8080, [2001:db8::1]:80, :53)',
  read: (text) => readNatRange(text, shifted),
  write: writeNatRange,
  normal: ({ addresses, ports }) => ({
    ...(addresses && { addresses: { from: normalHost(addresses.from), to: normalHost(addresses.to) } }),
    ...(ports && { ports: normalNatPorts(ports) }),
  }),
});

/** Ports only, as MASQUERADE and REDIRECT take them. */
export const natPorts: Value<NatPorts> = {
  words: 1,
  expected: 'a port or a range such as 1024-31000',
  read: (text) => (text.includes('/') ? undefined : readNatPorts(text)),
  write: writeNatPorts,
  normal: normalNatPorts,
};
