import type { Target } from 'iptables-parser-ts';

/** A nat rule's order: the fields to replace. */
export interface Translation {
  source?: string;
  destination?: string;
  destinationPort?: number;
  /** The source becomes the out link's address (MASQUERADE). */
  masquerade?: true;
  /** The destination becomes the in link's address (REDIRECT). */
  redirect?: true;
}

type Of<K extends Target['kind']> = Extract<Target, { kind: K }>;
type NatTarget = Of<'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT'>;

export function isNat(target: Target): target is NatTarget {
  return ['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT'].includes(target.kind);
}

/** The translation by a nat target; null if the kernel chooses among several addresses or ports. */
export function translationOf(target: NatTarget): Translation | null {
  switch (target.kind) {
    case 'MASQUERADE':
      return { masquerade: true };
    case 'SNAT': {
      const source = single(target.to.addresses);
      return source === null ? null : { ...(source === undefined ? {} : { source }) };
    }
    case 'DNAT':
      return destination(target.to.addresses, target.to.ports, {});
    case 'REDIRECT':
      return destination(undefined, target.ports, { redirect: true });
  }
}

interface Range<T> {
  from: T;
  to: T;
}

function destination(
  addresses: Range<string> | undefined,
  ports: Range<number | string> | undefined,
  order: Translation,
): Translation | null {
  const address = single(addresses);
  const port = single(ports);
  if (address === null || port === null || typeof port === 'string') return null;
  return {
    ...order,
    ...(address === undefined ? {} : { destination: address }),
    ...(port === undefined ? {} : { destinationPort: port }),
  };
}

/** The range's one value; undefined where there is no range, null where it has several. */
function single<T>(range: Range<T> | undefined): T | null | undefined {
  if (range === undefined) return undefined;
  return range.from === range.to ? range.from : null;
}
