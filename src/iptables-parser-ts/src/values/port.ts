import type { Value } from '../grammar.ts';
import { serviceNumber } from '../names/services.ts';
import { readInteger } from './integer.ts';

/** A port number, or a service name as it was written. */
export type Port = number | string;

/** Ports from `from` to `to`, both included. */
export interface PortRange {
  from: Port;
  to: Port;
}

const SERVICE = /^[A-Za-z0-9][-A-Za-z0-9+_.]*$/;

/** A port: its number, or a name that is not a number. */
export function readPort(text: string): Port | undefined {
  const value = readInteger(text, 65535);
  if (value !== undefined) return value;
  return /^[0-9]/.test(text) || !SERVICE.test(text) ? knownService(text) : text;
}

/** Some service names begin with a digit (`3com-tsmux`); only known ones are taken. */
const knownService = (text: string): string | undefined =>
  serviceNumber(text) === undefined ? undefined : text;

/** The number of a well-known service, or the name itself where this package does not know it. */
export const portNumber = (port: Port): Port =>
  typeof port === 'string' ? (serviceNumber(port) ?? port) : port;

const reversed = (range: PortRange): boolean =>
  typeof range.from === 'number' && typeof range.to === 'number' && range.from > range.to;

/** `80`, `80:90`, `:90`, `80:`. */
function readPortRange(text: string, one = readPort): PortRange | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) {
    const port = one(text);
    return port === undefined ? undefined : { from: port, to: port };
  }
  const from = colon === 0 ? 0 : one(text.slice(0, colon));
  const to = colon === text.length - 1 ? 65535 : one(text.slice(colon + 1));
  if (from === undefined || to === undefined) return undefined;
  const range = { from, to };
  return reversed(range) ? undefined : range;
}

const writePortRange = ({ from, to }: PortRange): string => (from === to ? `${from}` : `${from}:${to}`);

/** An order for ranges: by their first port, then by their last. */
export function comparePorts(a: PortRange, b: PortRange): number {
  const text = ({ from, to }: PortRange): string =>
    `${String(from).padStart(5, '0')} ${String(to).padStart(5, '0')}`;
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

const numeric = ({ from, to }: PortRange): PortRange => ({ from: portNumber(from), to: portNumber(to) });

export const portRange: Value<PortRange> = {
  words: 1,
  expected: 'a port (80), a service name (http) or a range (8000:8080)',
  read: (text) => readPortRange(text),
  write: writePortRange,
  normal: numeric,
};

/** A port read by getaddrinfo, as XTTYPE_PORT options are: decimal only, leading zeros mean nothing. */
function readDecimalPort(text: string): Port | undefined {
  if (!/^[0-9]+$/.test(text)) return /^0[xX]/.test(text) ? undefined : readPort(text);
  const value = text.length > 12 ? Number.NaN : Number.parseInt(text, 10);
  return value <= 65535 ? value : undefined;
}

export const decimalPort: Value<Port> = {
  words: 1,
  expected: 'a port (80) or a service name (http)',
  read: readDecimalPort,
  write: String,
  normal: portNumber,
};

export const decimalPortRange: Value<PortRange> = {
  ...portRange,
  read: (text) => readPortRange(text, readDecimalPort),
};

/** Up to 15 ports, a range counting for two (iptables-extensions(8), multiport). */
export const portList: Value<PortRange[]> = {
  words: 1,
  expected: 'up to 15 ports, comma-separated, a range (8000:8080) counting for two',
  read: (text) => {
    const ranges: PortRange[] = [];
    let slots = 0;
    for (const item of text.split(',')) {
      const range = readPortRange(item);
      if (range === undefined || item.startsWith(':') || item.endsWith(':')) return undefined;
      slots += item.includes(':') ? 2 : 1;
      ranges.push(range);
    }
    return slots <= 15 ? ranges : undefined;
  },
  write: (ranges) => ranges.map(writePortRange).join(','),
  normal: (ranges) => ranges.map(numeric),
};
