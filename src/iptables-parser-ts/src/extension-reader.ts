import type { Cursor } from './cursor.ts';
import { impliedMatches, matchExtensions, targetExtensions, verbatimTargets } from './extensions.ts';
import type { FlagEntry } from './grammar.ts';
import { emptyLoaded, type FoundFlag, findAbbreviation, findFlag, type Loaded, nodeOf } from './loaded.ts';
import type { Match, Target } from './tree.ts';
import { byteLength } from './values/byte-length.ts';

/** Reads the options of the matches and the target of one rule. */
export class ExtensionReader {
  readonly #cursor: Cursor;
  /** Refuse options outside an extension's grammar, instead of keeping the extension verbatim. */
  readonly #strict: boolean;
  readonly #loaded: Loaded[] = [];
  readonly #jumps: Target[] = [];

  constructor(cursor: Cursor, strict: boolean) {
    this.#cursor = cursor;
    this.#strict = strict;
  }

  get hasTarget(): boolean {
    return this.#jumps.length > 0 || this.#loaded.some((l) => l.isTarget);
  }

  /** `-m NAME` */
  match(): void {
    const name = this.#cursor.next('the name of a match after -m').text;
    if (!/^[A-Za-z0-9_-]+$/.test(name))
      throw this.#cursor.error('the name of a match', this.#cursor.index - 1);
    this.#load(matchExtensions.get(name), name, false);
  }

  /** `-j NAME`: a target extension, else a chain of the table. */
  jump(): void {
    const name = this.#chain('the name of a target or chain after -j');
    const extension = targetExtensions.get(name);
    if (extension || verbatimTargets.has(name)) this.#load(extension, name, true);
    else if (this.#optionFollows()) this.#load(undefined, name, true);
    else this.#jumps.push({ kind: 'jump', chain: name });
  }

  /** `-g NAME` */
  goto(): void {
    this.#jumps.push({ kind: 'goto', chain: this.#chain('the name of a chain after -g') });
  }

  #chain(expected: string): string {
    const word = this.#cursor.next(expected);
    if (!isChainName(word.text))
      throw this.#cursor.error('the name of a target or chain', this.#cursor.index - 1);
    return word.text;
  }

  /** Whether the word after an unknown `-j NAME` can only be an option of that target. */
  #optionFollows(): boolean {
    const next = this.#cursor.peek()?.text === '!' ? this.#cursor.peek(1) : this.#cursor.peek();
    return (
      next?.text.startsWith('--') === true &&
      findFlag(this.#loaded, next.text) === undefined &&
      !isLongHeader(next.text)
    );
  }

  #load(extension: Loaded['extension'], name: string, isTarget: boolean, implied = false): Loaded {
    const loaded: Loaded = { ...emptyLoaded(extension, name, this.#cursor.index), isTarget, implied };
    this.#loaded.push(loaded);
    return loaded;
  }

  /** Whether words that are no option of a rule's head belong to an extension kept verbatim. */
  get verbatim(): boolean {
    const newest = this.#loaded.at(-1);
    return newest !== undefined && newest.extension === undefined;
  }

  /** Whether a typed option can only be one of the match that `-p` loads (the kernel's text names that match). */
  isImplied(flag: string, protocol: string | undefined): boolean {
    const implied = this.#strict ? this.#implied(protocol) : undefined;
    return implied !== undefined && matchExtensions.get(implied)?.flags.has(flag) === true;
  }

  /** Keeps the present word with the newest extension, verbatim. */
  keep(): void {
    this.#loaded.at(-1)?.words.push(this.#cursor.next('a word').text);
  }

  /** Reads one option, whose flag is the present word; `bang` is where its `!` stood, if it had one. */
  option(bang: number | undefined, protocol: string | undefined): void {
    const cursor = this.#cursor;
    const at = cursor.index;
    const written = cursor.next('an option').text;
    const equals = written.startsWith('--') ? written.indexOf('=') : -1;
    const flag = equals < 0 ? written : written.slice(0, equals);
    const found = this.#find(flag, protocol);
    if (found === undefined) {
      this.#unknown(at, bang, this.#implied(protocol));
      return;
    }
    const { owner, entry } = found;
    const label = entry.option.flag;
    if (bang !== undefined && !entry.option.negatable) throw cursor.error(`${label} without !`, bang, 2);
    if (owner.fields[entry.key] !== undefined) throw cursor.error(`${label} only once`, at);
    const value = this.#value(entry, equals < 0 ? undefined : written.slice(equals + 1), at);
    owner.fields[entry.key] = entry.option.negatable ? { negated: bang !== undefined, value } : value;
    owner.end = cursor.index;
  }

  /**
   * As iptables looks an option up: among the loaded extensions, where an abbreviation will do; only then in
   * the match that `-p` implies. So `--dport` after `-m multiport` is short for `--dports`.
   */
  #find(flag: string, protocol: string | undefined): FoundFlag | undefined {
    const found = findFlag(this.#loaded, flag) ?? findAbbreviation(this.#loaded, flag);
    if (found) return found;
    const implied = this.#implied(protocol);
    const extension = implied === undefined ? undefined : matchExtensions.get(implied);
    if (extension === undefined) return undefined;
    const draft = [{ ...emptyLoaded(extension, extension.kind, this.#cursor.index), implied: true }];
    const own = findFlag(draft, flag) ?? findAbbreviation(draft, flag);
    if (own) this.#loaded.push(own.owner);
    return own;
  }

  /** The name of the match that `-p` would load now. */
  #implied(protocol: string | undefined): string | undefined {
    const name = protocol === undefined ? undefined : impliedMatches.get(protocol);
    return name === undefined || this.#loaded.some((l) => l.name === name && !l.isTarget) ? undefined : name;
  }

  #value(entry: FlagEntry, attached: string | undefined, at: number): unknown {
    const cursor = this.#cursor;
    const { words, expected } = entry.reader;
    if (attached !== undefined && words === 0)
      throw cursor.error(`${entry.option.flag} without an argument`, at);
    const first = words > 0 ? (attached ?? cursor.next(`${expected} after ${entry.option.flag}`).text) : '';
    const second = words > 1 ? cursor.next(`${expected} after ${entry.option.flag}`).text : '';
    const value = entry.reader.read(first, second);
    if (value === undefined) {
      const from = attached === undefined ? at + 1 : at;
      throw cursor.error(`${expected} after ${entry.option.flag}`, from, cursor.index - from);
    }
    return value;
  }

  /** A word that no option begins with: kept when it ends a known extension in a save, refused otherwise. */
  #unknown(at: number, bang: number | undefined, implied: string | undefined): void {
    const from = bang ?? at;
    const text = this.#cursor.words[at]?.text ?? '';
    const isOption = /^--[a-z]/.test(text);
    const newest = this.#loaded.at(-1);
    // iptables-save does not quote a list's name, so one with blanks comes in several words.
    const isName = newest?.name === 'recent' && bang === undefined && !text.startsWith('-');
    const isOwn = newest !== undefined && !newest.implied && newest.end === from;
    if (!this.#strict && isOwn && (isOption || isName)) {
      newest.extension = undefined;
      newest.words = this.#textsFrom(newest.start, at);
    } else if (isOption && implied !== undefined && !matchExtensions.has(implied)) {
      this.#load(undefined, implied, false, true).words = this.#textsFrom(from, at);
    } else {
      throw this.#cursor.error(this.#options(newest), from, at - from + 1);
    }
  }

  #textsFrom(from: number, to: number): string[] {
    return this.#cursor.words.slice(from, to + 1).map((w) => w.text);
  }

  #options(newest: Loaded | undefined): string {
    if (newest?.extension === undefined) return 'an option of the rule';
    const flags = [...newest.extension.flags.keys()];
    const own =
      flags.length === 0
        ? `no option of ${newest.name}`
        : `an option of ${newest.name} (${flags.join(', ')})`;
    return `${own} or of the rule (-s, -d, -i, -o, -p, -f, -m, -j, -g)`;
  }

  /** @throws ParseError when an extension lacks an option, or there are two targets */
  finish(): { matches: Match[]; target: Target | undefined } {
    const matches: Match[] = [];
    const targets = [...this.#jumps];
    for (const loaded of this.#loaded) {
      this.#checkComplete(loaded);
      if (loaded.isTarget) targets.push(nodeOf(loaded) as Target);
      else matches.push(nodeOf(loaded) as Match);
    }
    return { matches, target: targets[0] };
  }

  #checkComplete({ extension, fields, isTarget, name, start, end, implied }: Loaded): void {
    if (extension === undefined) return;
    const from = implied ? start : start - 1;
    for (const [key, o] of extension.entries) {
      if (o.required && fields[key] === undefined) {
        throw this.#cursor.error(
          `${isTarget ? '-j' : '-m'} ${name} with ${o.flag}`,
          from,
          Math.max(1, end - from),
        );
      }
    }
    const lack = extension.traits.lacks?.(fields);
    if (lack) throw this.#cursor.error(`${lack} for ${name}`, from, Math.max(1, end - from));
  }
}

const LONG_HEADER =
  /^--(?:match|jump|goto|protocol|source|src|destination|dst|in-interface|out-interface|fragment|table|set-counters)(?:=|$)/;
const isLongHeader = (flag: string): boolean => LONG_HEADER.test(flag);

/** Chain names: no option, no `!`, at most 28 bytes (`XT_EXTENSION_MAXNAMELEN` less its final zero). */
export const isChainName = (name: string): boolean =>
  name.length > 0 && byteLength(name) <= 28 && !/^[-!]|[\s\p{Cc}]/u.test(name);
