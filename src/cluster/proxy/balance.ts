import type { Endpoint } from './endpoints.ts';
import { chainHash } from './names.ts';
import type { Front } from './service-ports.ts';
import { comment, type TableWriter } from './table.ts';

function endpointChain(front: Front, { text }: Endpoint): string {
  return `KUBE-SEP-${chainHash(front.title, front.protocol, text)}`;
}

/** Sends a client with affinity back to the endpoint it had. */
export function remember(
  nat: TableWriter,
  chain: string,
  front: Front,
  endpoints: readonly Endpoint[],
  say: (endpoint: Endpoint) => string | null,
): void {
  if (front.affinity === null) return;
  for (const endpoint of endpoints) {
    const to = endpointChain(front, endpoint);
    const recent = `-m recent --name ${to} --rcheck --seconds ${front.affinity} --reap`;
    nat.add(chain, say(endpoint), recent, `-j ${to}`);
  }
}

/** The probability of an endpoint while so many are left, in kube-proxy's digits. */
export function share(left: number): string {
  return (1 / left).toFixed(10);
}

/** Every endpoint gets the same share: 1/n, then 1/(n-1) of the rest, and the last takes the remainder. */
export function balance(
  nat: TableWriter,
  chain: string,
  front: Front,
  endpoints: readonly Endpoint[],
  say: (endpoint: Endpoint, index: number) => string | null,
): void {
  endpoints.forEach((endpoint, index) => {
    const left = endpoints.length - index;
    const chance = left > 1 ? `-m statistic --mode random --probability ${share(left)}` : null;
    nat.add(chain, say(endpoint, index), chance, `-j ${endpointChain(front, endpoint)}`);
  });
}

/** An endpoint's own chain: masquerade its packets to itself, then DNAT. */
export function writeEndpoint(nat: TableWriter, front: Front, endpoint: Endpoint, large: boolean): void {
  const chain = endpointChain(front, endpoint);
  const remark = large ? null : comment(front.title);
  nat.declare(chain);
  nat.add(chain, remark, `-s ${endpoint.ip}`, '-j KUBE-MARK-MASQ');
  const recent = front.affinity === null ? null : `-m recent --name ${chain} --set`;
  const protocol = `-m ${front.protocol} -p ${front.protocol}`;
  nat.add(chain, remark, recent, protocol, `-j DNAT --to-destination ${endpoint.text}`);
}
