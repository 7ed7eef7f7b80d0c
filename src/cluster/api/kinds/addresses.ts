import { isIP } from 'node:net';

/** Undefined: a valid address. */
function addressProblem(text: string): string | undefined {
  return isIP(text) > 0 ? undefined : 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
}

export function networkProblem(text: string): string | undefined {
  return networkOf(text) === null
    ? 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'
    : undefined;
}

/** Addresses that no service and no endpoint has. */
export function specialProblem(text: string): string | undefined {
  const family = isIP(text);
  if (family === 0) return addressProblem(text);
  const within = (...networks: string[]) =>
    networks.some((network) => contains(network, `${text}/${family === 4 ? 32 : 128}`));
  if (text === '0.0.0.0' || within('::/128')) return 'may not be unspecified (0.0.0.0 or ::)';
  if (within('127.0.0.0/8', '::1/128')) return 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
  if (within('169.254.0.0/16', 'fe80::/10'))
    return 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
  if (within('224.0.0.0/24', 'ff02::/10')) {
    return 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)';
  }
  return undefined;
}

/** Whether all addresses of the second network are of the first, and the first has others too. */
export function isStrictSubset(network: string, of: string): boolean {
  return contains(of, network) && networkOf(network)?.length !== networkOf(of)?.length;
}

function contains(network: string, inner: string): boolean {
  const [outside, inside] = [networkOf(network), networkOf(inner)];
  if (outside === null || inside === null || outside.bits.length !== inside.bits.length) return false;
  return inside.length >= outside.length && inside.bits.startsWith(outside.bits.slice(0, outside.length));
}

/** An address as a string of bits, and the length of its prefix. */
function networkOf(text: string): { bits: string; length: number } | null {
  const [, address = '', digits = ''] = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const family = isIP(address);
  const length = Number(digits);
  if (family === 0 || length > (family === 4 ? 32 : 128)) return null;
  return { bits: family === 4 ? bitsOf4(address) : bitsOf6(address), length };
}

function bitsOf4(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function bitsOf6(address: string): string {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right = ''] = plain.split('::');
  const [before, after] = [left, right].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - (before?.length ?? 0) - (after?.length ?? 0) }, () => '0');
  return [...(before ?? []), ...zeros, ...(after ?? [])]
    .map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0'))
    .join('');
}
