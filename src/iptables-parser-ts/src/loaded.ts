import type { AnyExtension } from './extensions.ts';
import type { FlagEntry } from './grammar.ts';
import { SPELLINGS } from './header-options.ts';
import type { Match, Target, UnknownMatch, UnknownTarget } from './tree.ts';

/** A match or target while its options are being read. */
export interface Loaded {
  /** Undefined when this package does not know the options of this name. */
  extension: AnyExtension | undefined;
  readonly isTarget: boolean;
  readonly name: string;
  readonly fields: Record<string, unknown>;
  /** Words that are kept verbatim. */
  words: string[];
  /** The word at which its first option may stand, and the end of the last one. */
  readonly start: number;
  end: number;
  /** Loaded by `-p` alone: there is no `-m` in the text. */
  readonly implied: boolean;
}

/** Nothing read of it yet; its first option may stand at word `start`. */
export function emptyLoaded(extension: Loaded['extension'], name: string, start: number): Loaded {
  return { extension, isTarget: false, name, fields: {}, words: [], start, end: start, implied: false };
}

/** An option and the extension that reads it. */
export interface FoundFlag {
  owner: Loaded;
  entry: FlagEntry;
}

/** The newest extension that has an option of this name wins, as in iptables (`xtables_merge_options`). */
export function findFlag(loaded: readonly Loaded[], flag: string): FoundFlag | undefined {
  for (let i = loaded.length - 1; i >= 0; i--) {
    const owner = loaded[i] as Loaded;
    const entry = owner.extension?.flags.get(flag);
    if (entry) return { owner, entry };
  }
  return undefined;
}

/** The meaning of an abbreviated long option, if it is unique (`getopt_long`). */
export function findAbbreviation(loaded: readonly Loaded[], flag: string): FoundFlag | undefined {
  let found: FoundFlag | undefined;
  if (!flag.startsWith('--') || flag.length < 3 || isHeaderPrefix(flag)) return undefined;
  for (const owner of loaded) {
    for (const [name, entry] of owner.extension?.flags ?? []) {
      if (!name.startsWith(flag)) continue;
      const same =
        found?.entry.key === entry.key && found.entry.reader === entry.reader && found.owner === owner;
      if (found && !same) return undefined;
      found = { owner, entry };
    }
  }
  return found;
}

/** An abbreviation that could also be one of the rule's own options means nothing. */
function isHeaderPrefix(flag: string): boolean {
  for (const spelling of SPELLINGS.keys()) if (spelling.startsWith(flag)) return true;
  return false;
}

/** The tree's node for the extension that was read. */
export function nodeOf(loaded: Loaded): Match | Target {
  if (loaded.extension === undefined) {
    const unknown: UnknownMatch | UnknownTarget = { kind: 'unknown', name: loaded.name, words: loaded.words };
    return unknown;
  }
  return { kind: loaded.extension.kind, ...loaded.fields } as Match | Target;
}
