import type { Family } from './family.ts';

/** An argument that may be preceded by `!`. */
export interface Negatable<T> {
  negated: boolean;
  value: T;
}

/** How an option's words become a value. */
export interface Reader<T> {
  /** How many words follow the flag. */
  readonly words: 0 | 1 | 2;
  /** The form that the text should have had, for the error message. */
  readonly expected: string;
  /** The value, or undefined when the words are not of this form. */
  read(first: string, second: string): T | undefined;
}

/** A reader that can also print its values, as iptables-save does, and bring them to the kernel's form. */
export interface Value<T> extends Reader<T> {
  write(value: T): string;
  normal?(value: T, family: Family): T;
}

/** One option of an extension; `flag` is the spelling iptables-save prints. */
export interface Option<T, N extends boolean = boolean, R extends boolean = boolean> {
  readonly flag: string;
  readonly value: Value<T>;
  readonly negatable: N;
  readonly required: R;
  /** Other flags for the same field, each with its own way to read the words. */
  readonly spellings: readonly (readonly [flag: string, reader: Reader<T>])[];
}

// biome-ignore lint/suspicious/noExplicitAny: options of every value type live in one table
type AnyOption = Option<any>;
export type Options = Readonly<Record<string, AnyOption>>;

/** An option with its other spellings: a bare flag is read like the first one. */
export function option<T>(
  flag: string,
  value: Value<T>,
  ...spellings: (string | readonly [string, Reader<T>])[]
): Option<T, false, false> {
  return {
    flag,
    value,
    negatable: false,
    required: false,
    spellings: spellings.map((s) => (typeof s === 'string' ? [s, value] : s)),
  };
}

/** The same option, where `!` may stand before the flag. */
export function negatable<T, R extends boolean>(o: Option<T, boolean, R>): Option<T, true, R> {
  return { ...o, negatable: true };
}

/** The same option, without which the extension is refused. */
export function required<T, N extends boolean>(o: Option<T, N>): Option<T, N, true> {
  return { ...o, required: true };
}

type Field<O> = O extends Option<infer T, infer N> ? (N extends true ? Negatable<T> : T) : never;
type Required_<O extends Options> = { [K in keyof O]: O[K]['required'] extends true ? K : never }[keyof O];
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The typed fields of an extension, as its options declare them. */
export type Fields<O extends Options> = Writable<
  { [K in keyof Pick<O, Required_<O>>]: Field<O[K]> } & {
    [K in keyof Omit<O, Required_<O>>]?: Field<O[K]>;
  }
>;

/** A flag of an extension: the field it sets and how to read its words. */
export interface FlagEntry {
  readonly key: string;
  readonly option: AnyOption;
  readonly reader: Reader<unknown>;
}

/** A match or target whose options this package knows. */
export interface Extension<K extends string = string, O extends Options = Options> {
  readonly kind: K;
  readonly options: O;
  /** Field names and their options in the order iptables-save prints them. */
  readonly entries: readonly (readonly [key: string, option: AnyOption])[];
  readonly flags: ReadonlyMap<string, FlagEntry>;
  readonly traits: Traits<O>;
}

/** Properties of an extension as a whole. */
interface Traits<O extends Options> {
  /** Brings the fields to the form the kernel hands back: defaults filled in or left out. */
  tidy?(fields: Fields<O>, family: Family): Fields<O>;
  /** The missing or superfluous part, as the end of "expected ...". */
  lacks?(fields: Fields<O>): string | undefined;
  /** Evaluating this match changes something, so its place among the others matters. */
  readonly stateful?: boolean;
}

/** The type of an extension's node in the tree. */
export type Node<E> = E extends Extension<infer K, infer O> ? { kind: K } & Fields<O> : never;

/** Declares an extension; the order of `options` is the order in which iptables-save prints them. */
export function extension<K extends string, const O extends Options>(
  kind: K,
  options: O,
  traits: Traits<O> = {},
): Extension<K, O> {
  const flags = new Map<string, FlagEntry>();
  for (const [key, o] of Object.entries(options)) {
    flags.set(o.flag, { key, option: o, reader: o.value });
    for (const [flag, reader] of o.spellings) flags.set(flag, { key, option: o, reader });
  }
  return { kind, options, entries: Object.entries(options), flags, traits };
}
