import { CommanderError } from 'commander';
import { nearest } from '../core/text/nearest.ts';
import { type ErrorDocument, errorCodes, HoplabError } from '../protocol/errors.ts';
import type { Words } from '../words/en/cli.ts';
import { TranslatedError } from './translated-error.ts';

/** A failed command in the two forms it can be printed in. */
export interface Failure {
  document: ErrorDocument;
  text: string;
  exit: number;
}

/** The command that was meant: in one line, and its options. */
export interface Meant {
  usage: string;
  options: readonly string[];
}

const unmeant: Meant = { usage: '', options: [] };

/** Null when it is no failure: help or the version was asked for. */
export function failureOf(error: unknown, words: Words, meant: Meant = unmeant): Failure | null {
  if (error instanceof CommanderError && error.exitCode === 0) return null;
  const { code, message, data } = coded(error, words, meant);
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
  return error instanceof TranslatedError || error instanceof CommanderError || isParseArgsError(error);
}

function coded(error: unknown, words: Words, meant: Meant): HoplabError {
  if (isCoded(error)) return error;
  if (error instanceof CommanderError) return usageError(error, words.usage, meant.usage);
  if (isParseArgsError(error)) return handedOverError(error, words.usage, meant);
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
function isParseArgsError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS');
}

/** node's parser speaks English only, too. */
function handedOverError(
  { code, message }: { code: string; message: string },
  usage: Words['usage'],
  meant: Meant,
): HoplabError {
  const name = /'(-[^'\s]*)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return new TranslatedError('argument-invalid', usage.tooMany + usage.line(meant.usage));
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const words = message.includes('does not take') ? usage.noValue(name) : usage.missingValue(name);
    return new TranslatedError('argument-invalid', words + usage.line(meant.usage), { option: name });
  }
  const near = nearest(name, meant.options);
  const hint = near === null ? '' : usage.nearest(near);
  const words = usage.unknownOption(name) + hint + usage.line(meant.usage);
  return new TranslatedError('option-unknown', words, { given: name, nearest: near });
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
      return new TranslatedError('option-unknown', usage.unknownOption(name) + hint + usage.line(line), data);
    case 'commander.missingArgument':
      return new TranslatedError('argument-invalid', usage.missingArgument(name) + usage.line(line), {
        argument: name,
      });
    case 'commander.optionMissingArgument':
      return new TranslatedError('argument-invalid', usage.missingValue(name) + usage.line(line), {
        option: name,
      });
    case 'commander.excessArguments':
      return new TranslatedError('argument-invalid', usage.tooMany + usage.line(line));
    case 'commander.invalidArgument': {
      const [, option = name, given = ''] = /'(-\S+)[^']*' argument '([^']*)'/.exec(message) ?? [];
      const known = /Allowed choices are (.*)\.$/.exec(message)?.[1] ?? '';
      const words = usage.invalidValue(option, given, known) + usage.line(line);
      return new TranslatedError('argument-invalid', words, { option, given });
    }
    default:
      return new TranslatedError('argument-invalid', message.replace(/^error: /, ''));
  }
}
