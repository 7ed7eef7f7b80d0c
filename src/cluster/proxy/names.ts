import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The 16 characters that end a chain's name: base32 (RFC 4648) of the first 80 bits of sha256. */
export function chainHash(servicePort: string, protocol: string, endpoint = ''): string {
  const digest = createHash('sha256').update(`${servicePort}${protocol}${endpoint}`).digest();
  let bits = BigInt(`0x${digest.subarray(0, 10).toString('hex')}`);
  let name = '';
  for (let count = 0; count < 16; count += 1) {
    name = alphabet.charAt(Number(bits & 31n)) + name;
    bits >>= 5n;
  }
  return name;
}
