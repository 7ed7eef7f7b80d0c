/** A field of a header, and the bytes that hold it. */
export interface Field {
  name: string;
  value: string;
  from: number;
  to: number;
}

export interface Layer {
  name: string;
  fields: Field[];
  from: number;
  to: number;
}

/** Reads one header at its place; which one follows, and where. */
export type Reader = (
  bytes: Uint8Array,
  at: number,
) => { name: string; fields: Field[]; end: number; next: Reader | null };
