import { Cursor } from './cursor.ts';
import { ExtensionReader, isChainName } from './extension-reader.ts';
import type { Family } from './family.ts';
import { headerOf, SPELLINGS } from './header-options.ts';
import { protocolName, protocolNumber } from './names/protocols.ts';
import type { Command, Rule } from './tree.ts';
import { familyOfAddress } from './values/address.ts';
import { readCounter, readInteger } from './values/integer.ts';
import type { Word } from './word.ts';

/** The facts about a rule that are known before its words are read. */
interface RuleContext {
  readonly table: string;
  readonly family: Family | undefined;
  /** Refuse options that an extension's grammar does not know, instead of keeping the extension verbatim. */
  readonly strict: boolean;
  /** Typed as a command: `-t`, `-w` and the like are allowed. */
  readonly command: boolean;
}

/**
 * Reads the words of one rule.
 *
 * @throws ParseError
 */
export function readRule(words: readonly Word[], line: number, context: RuleContext): Rule {
  return new RuleReader(words, line, context).read();
}

/**
 * Far beyond the limit of iptables-restore for one line (255), and short enough for any look-up among them.
 */
const MAX_WORDS = 1024;

class RuleReader {
  readonly #cursor: Cursor;
  readonly #extensions: ExtensionReader;
  readonly #context: RuleContext;
  readonly #rule: Rule;
  #command: Command | undefined;

  constructor(words: readonly Word[], line: number, context: RuleContext) {
    this.#cursor = new Cursor(words, line);
    this.#extensions = new ExtensionReader(this.#cursor, context.strict);
    this.#context = context;
    this.#rule = { table: context.table, chain: '', command: { kind: 'append' }, matches: [], raws: {} };
    if (context.family) this.#rule.family = context.family;
  }

  read(): Rule {
    const cursor = this.#cursor;
    if (cursor.words.length > MAX_WORDS)
      throw cursor.error(`a rule of at most ${MAX_WORDS} words`, MAX_WORDS);
    while (!cursor.done) this.#step();
    if (this.#command === undefined) throw cursor.error('-A, -I, -D, -C or -R and a chain', cursor.index, 0);
    const { matches, target } = this.#extensions.finish();
    this.#rule.command = this.#command;
    this.#rule.matches = matches;
    if (target) this.#rule.target = target;
    return this.#rule;
  }

  #step(): void {
    const cursor = this.#cursor;
    const word = cursor.peek() as Word;
    const bang = word.text === '!' && !word.quoted ? cursor.index : undefined;
    const flagWord = bang === undefined ? word : cursor.peek(1);
    if (flagWord === undefined) throw cursor.error('an option after !', cursor.index);
    this.#unglue(cursor.index + (bang === undefined ? 0 : 1));
    const text = cursor.peek(bang === undefined ? 0 : 1)?.text ?? '';
    const flag = this.#isKept(flagWord) ? undefined : SPELLINGS.get(text);
    if (flag === undefined) this.#extensionWord(bang);
    else {
      if (bang !== undefined) cursor.index++;
      this.#ruleOption(flag, bang);
    }
  }

  /** Inside verbatim words quoted text is never an option, and `--proto` is one of the policy match. */
  #isKept(word: Word): boolean {
    return this.#extensions.verbatim && (word.quoted || word.text === '--proto');
  }

  /**
   * `-jDROP`, `-vn` and `--dport=80` are `-j DROP`, `-v -n` and `--dport 80` to getopt_long(3). The values of the
   * rule's own head iptables reads from the next word only: it takes `-ptcp` for a protocol of that name.
   */
  #unglue(at: number): void {
    const cursor = this.#cursor;
    const text = cursor.words[at]?.text ?? '';
    const long = /^--[^=]+(?==)/.exec(text)?.[0];
    const flag = SPELLINGS.get(long ?? (/^-[^-]./.test(text) ? text.slice(0, 2) : ''));
    if (long === undefined && flag === undefined) return;
    if (this.#extensions.verbatim && !this.#extensions.isImplied(long ?? '', this.#protocol)) return;
    if (flag !== undefined && flag !== '-f' && headerOf(flag))
      throw cursor.error(`a space after ${long ?? flag}`, at);
    if (long) cursor.split(at, long.length, 1, '');
    else cursor.split(at, 2, 0, /^-[vnf46]/.test(text) ? '-' : '');
  }

  #extensionWord(bang: number | undefined): void {
    const flag = this.#cursor.peek(bang === undefined ? 0 : 1)?.text ?? '';
    if (this.#extensions.verbatim && !this.#extensions.isImplied(flag, this.#protocol)) {
      if (bang !== undefined) this.#extensions.keep();
      this.#extensions.keep();
      return;
    }
    if (bang !== undefined) this.#cursor.index++;
    this.#extensions.option(bang, this.#protocol);
  }

  get #protocol(): string | undefined {
    return this.#rule.protocol && normalProtocol(this.#rule.protocol.value);
  }

  #ruleOption(flag: string, bang: number | undefined): void {
    const header = headerOf(flag);
    if (header === undefined && bang !== undefined) throw this.#cursor.error(`${flag} without !`, bang, 2);
    const at = this.#cursor.index++;
    if (header) this.#header(header, flag, at, bang);
    else this.#other(flag, at);
  }

  #header(
    [key, , value]: NonNullable<ReturnType<typeof headerOf>>,
    flag: string,
    at: number,
    bang: number | undefined,
  ): void {
    const cursor = this.#cursor;
    if (this.#rule[key] !== undefined) throw cursor.error(`${flag} only once`, at);
    const text = value.words === 0 ? '' : cursor.next(`${value.expected} after ${flag}`).text;
    const read: unknown = value.read(text, '');
    if (read === undefined) throw cursor.error(`${value.expected} after ${flag}`, at + 1);
    const negated = bang !== undefined;
    if (key === 'source' || key === 'destination') this.#checkAddresses(text, negated, at);
    if (key === 'protocol' && negated && normalProtocol(text) === undefined)
      throw cursor.error('a protocol that ! -p can leave out', at + 1);
    Object.assign(this.#rule, { [key]: { negated, value: read } });
  }

  #checkAddresses(text: string, negated: boolean, at: number): void {
    const addresses = text.split(',');
    if (negated && addresses.length > 1) throw this.#cursor.error('one address after !', at + 1);
    for (const address of addresses) {
      const family = familyOfAddress(address);
      if (family && this.#rule.family && family !== this.#rule.family) {
        throw this.#cursor.error(`an ${this.#rule.family === 'ipv4' ? 'IPv4' : 'IPv6'} address`, at + 1);
      }
      if (family && this.#context.family === undefined) this.#rule.family = family;
    }
  }

  #other(flag: string, at: number): void {
    if (flag === '-m') this.#extensions.match();
    else if (flag === '-j' || flag === '-g') this.#target(flag, at);
    else if (flag === '-c') this.#counters(at);
    else if (/^-[AIDCR]$/.test(flag)) this.#chain(flag, at);
    else this.#commandOption(flag, at);
  }

  #target(flag: '-j' | '-g', at: number): void {
    if (this.#extensions.hasTarget) throw this.#cursor.error('only one -j or -g', at);
    if (flag === '-j') this.#extensions.jump();
    else this.#extensions.goto();
  }

  #counters(at: number): void {
    const cursor = this.#cursor;
    if (this.#rule.counters) throw cursor.error('counters only once', at);
    const packets = readCounter(cursor.next('a number of packets after -c').text);
    if (packets === undefined) throw cursor.error('a number of packets', at + 1);
    const bytes = readCounter(cursor.next('a number of bytes after -c').text);
    if (bytes === undefined) throw cursor.error('a number of bytes', at + 2);
    this.#rule.counters = { packets, bytes };
  }

  #chain(flag: string, at: number): void {
    const cursor = this.#cursor;
    if (this.#command) throw cursor.error('one command (-A, -I, -D, -C or -R)', at);
    const name = cursor.next(`the name of a chain after ${flag}`).text;
    if (!isChainName(name)) throw cursor.error('the name of a chain', at + 1);
    this.#rule.chain = name;
    const number =
      flag === '-A' || flag === '-C' ? undefined : readInteger(cursor.peek()?.text ?? '', 0xffffffff, 1);
    if (number !== undefined) cursor.index++;
    if (flag === '-R') {
      if (number === undefined)
        throw cursor.error('the number of the rule to replace', cursor.index, cursor.done ? 0 : 1);
      this.#command = { kind: 'replace', number };
    } else if (flag === '-I') this.#command = { kind: 'insert', ...(number === undefined ? {} : { number }) };
    else if (flag === '-D') this.#command = { kind: 'delete', ...(number === undefined ? {} : { number }) };
    else this.#command = { kind: flag === '-C' ? 'check' : 'append' };
  }

  /** Options of the command, not of the rule: allowed in a typed command only. */
  #commandOption(flag: string, at: number): void {
    const cursor = this.#cursor;
    if (!this.#context.command)
      throw cursor.error(`a rule without ${flag}, which only a command may have`, at);
    if (flag === '-t') {
      const name = cursor.next('the name of a table after -t').text;
      if (!/^[a-z]+$/.test(name)) throw cursor.error('the name of a table', at + 1);
      this.#rule.table = name;
    } else if (flag === '-w') {
      if (readInteger(cursor.peek()?.text ?? '') !== undefined) cursor.index++;
    } else if (flag === '-4' || flag === '-6') {
      const family = flag === '-4' ? 'ipv4' : 'ipv6';
      if (this.#rule.family !== undefined && this.#rule.family !== family)
        throw cursor.error(`no ${flag} here`, at);
      this.#rule.family = family;
    }
  }
}

/** The name iptables-save prints for a protocol, undefined for any protocol. */
export function normalProtocol(text: string): string | undefined {
  const number = readInteger(text, 255) ?? protocolNumber(text);
  return number === undefined ? text : number === 0 ? undefined : protocolName(number);
}
