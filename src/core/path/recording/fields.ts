import type { Sight } from './flow-packet.ts';
import type { Header } from './header.ts';
import type { Change, Fields } from './hop.ts';

export function fieldsOf(
  header: Header,
  macs: Pick<Sight, 'sourceMac' | 'destinationMac' | 'vlan'> | null,
): Fields {
  const { source, destination, sourcePort, destinationPort, ttl } = header;
  const sourceMac = macs?.sourceMac ?? null;
  const destinationMac = macs?.destinationMac ?? null;
  const vlan = macs?.vlan ?? null;
  return { source, destination, sourcePort, destinationPort, ttl, sourceMac, destinationMac, vlan };
}

/** A field can have changed only if it was seen on both sides. */
export function changesOf(before: Fields | null, after: Fields | null): Change[] {
  if (before === null || after === null) return [];
  const fields = Object.keys(before) as (keyof Fields)[];
  const seen = before.sourceMac !== null && after.sourceMac !== null;
  return (
    fields
      .filter((field) => before[field] !== after[field])
      // A frame may have no tag; any other field was not seen.
      .filter((field) => (before[field] !== null && after[field] !== null) || (field === 'vlan' && seen))
      .map((field) => ({ field, before: String(before[field] ?? '-'), after: String(after[field] ?? '-') }))
  );
}
