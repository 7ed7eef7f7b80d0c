import type { Client } from '../client/client.ts';
import type { Language } from '../core/language.ts';
import type { Words } from '../words/en/cli.ts';

/** The parts that every command works with. */
export interface Cli {
  words: Words;
  language: Language;
  json: boolean;
  /** `{session}` when one was named, for the params of a request. */
  session: { session?: string };
  /** The daemon; connected on first use, disconnected at the end of the command. */
  daemon(): Promise<Client>;
  /** The command's result: the document with `--json`, else the text. */
  print(document: unknown, text: () => string): void;
}

export type ExitCode = number;

/** A command's work, with arguments and options as commander gives them. No exit code means 0. */
type Command = (cli: Cli, ...args: never[]) => Promise<ExitCode | undefined>;

/** Makes a commander action of a command whose file is loaded only when it is called. */
export type Act = (load: () => Promise<Command>) => (...args: unknown[]) => Promise<void>;
