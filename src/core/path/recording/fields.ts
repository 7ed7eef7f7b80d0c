import type { Sight } from './flow-packet.ts';
import type { Header } from './header.ts';
import type { Change, Fields } from './hop.ts';

export function fieldsOf(header: Header, macs: Pick<Sight, 'sourceMac' | 'destinationMac'> | null): Fields {
  const { source, destination, sourcePort, destinationPort, ttl } = header;
  const sourceMac = macs?.sourceMac ?? null;
  const destinationMac = macs?.destinationMac ?? null;
  return { source, destination, sourcePort, destinationPort, ttl, sourceMac, destinationMac };
}

/** A field can have changed only if it was seen on both sides. */
export function changesOf(before: Fields | null, after: Fields | null): Change[] {
  if (before === null || after === null) return [];
  const fields = Object.keys(before) as (keyof Fields)[];
  return fields
    .filter((field) => before[field] !== null && after[field] !== null && before[field] !== after[field])
    .map((field) => ({ field, before: String(before[field]), after: String(after[field]) }));
}
