import { CommanderError } from 'commander';
import { type ErrorDocument, errorCodes, HoplabError } from '../protocol/errors.ts';
import type { Words } from '../words/en/cli.ts';
import { TranslatedError } from './translated-error.ts';

/** A failed command in the two forms it can be printed in. */
interface Failure {
  document: ErrorDocument;
  text: string;
  exit: number;
}

/** `usage`: the command that was meant, in one line. Null when it is no failure: help or the version was asked for. */
export function failureOf(error: unknown, words: Words, usage = ''): Failure | null {
  if (error instanceof CommanderError && error.exitCode === 0) return null;
  const { code, message, data } = coded(error, words, usage);
  const wording = isOurs(error) ? message : words.daemonError(code, message, data, nearOf(message));
  return {
    document: { error: { code, message, data } },
    text: words.error(words.finish(wording), code),
    exit: errorCodes[code].exit,
  };
}

const nearOf = (message: string) => /; did you mean (.+)\?$/.exec(message)?.[1] ?? null;

/** Whether `--json` was asked for, also where the rest of the command line makes no sense. */
export function asJson(argv: string[]): boolean {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return own.includes('--json');
}

function isOurs(error: unknown): boolean {
  return error instanceof TranslatedError || error instanceof CommanderError;
}

function coded(error: unknown, words: Words, usage: string): HoplabError {
  if (isCoded(error)) return error;
  if (error instanceof CommanderError) return usageError(error, words.usage, usage);
  if (isParseArgsError(error)) return new TranslatedError('option-unknown', error.message);
  if (process.env.HOPLAB_DEBUG) console.error(error);
  return new HoplabError('internal', error instanceof Error ? error.message : String(error));
}

/** By its name: in a built command line, the commands of hand-over.ts come with a class of their own. */
function isCoded(error: unknown): error is HoplabError {
  return (
    error instanceof Error && error.name === 'HoplabError' && 'code' in error && `${error.code}` in errorCodes
  );
}

/** The options of the commands in hand-over.ts, which node's own parser reads. */
function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS');
}

/** commander speaks English only; its finding is in its message. */
function usageError({ code, message }: CommanderError, usage: Words['usage'], line: string): HoplabError {
  const name = /'([^']*)'/.exec(message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?([^,?)]+)/.exec(message)?.[1] ?? null;
  const hint = near ? usage.nearest(near) : '';
  const data = { given: name, nearest: near };
  switch (code) {
    case 'commander.unknownCommand':
      return new TranslatedError('option-unknown', usage.unknownCommand(name) + hint, data);
    case 'commander.unknownOption':
      return new TranslatedError('option-unknown', usage.unknownOption(name) + hint, data);
    case 'commander.missingArgument':
      return new TranslatedError('argument-invalid', usage.missingArgument(name) + usage.line(line), {
        argument: name,
      });
    case 'commander.optionMissingArgument':
      return new TranslatedError('argument-invalid', usage.missingValue(name), { option: name });
    case 'commander.excessArguments':
      return new TranslatedError('argument-invalid', usage.tooMany + usage.line(line));
    default:
      return new TranslatedError('argument-invalid', message.replace(/^error: /, ''));
  }
}
