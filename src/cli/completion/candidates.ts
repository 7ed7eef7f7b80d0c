import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { type Language, languages } from '../../core/language.ts';
import { loadReasons } from '../language.ts';

/** A word that may stand at the cursor, and its description. */
interface Candidate {
  word: string;
  text: string;
}

/** The candidates to request from the daemon, by the argument or option at the cursor. */
const kinds: Record<string, Kind> = {
  lab: 'labs',
  step: 'steps',
  session: 'sessions',
  node: 'nodes',
  from: 'nodes',
  to: 'nodes',
};
/** Arguments whose kind does not follow from their name. */
const ofCommand: Record<string, Kind> = {
  'use id': 'sessions',
  'stop id': 'sessions',
  'goto step': 'steps',
  'start --step': 'stepsOfLab',
  'predict id': 'predictions',
  'completion shell': 'shells',
  'schema file': 'schemas',
  'reasons reason': 'reasons',
  'help command': 'commands',
};
type Kind =
  | 'labs'
  | 'steps'
  | 'stepsOfLab'
  | 'sessions'
  | 'nodes'
  | 'predictions'
  | 'shells'
  | 'schemas'
  | 'reasons'
  | 'commands';

interface Asked {
  program: Command;
  /** The words behind `hoplab`, the one at the cursor last; it may be empty. */
  words: readonly string[];
  language: Language;
  daemon: () => Promise<Client>;
}

/** Words for the cursor with the prefix typed so far. If no daemon answers, only those that need none. */
export async function candidates(asked: Asked): Promise<Candidate[]> {
  const last = asked.words.at(-1) ?? '';
  const found = await allAt(asked, last).catch(() => []);
  return found.filter(({ word }) => word.startsWith(last));
}

async function allAt(asked: Asked, last: string): Promise<Candidate[]> {
  const { program } = asked;
  const before = asked.words.slice(0, -1);
  const { command, operands, option } = read(program, before);
  if (option !== null) return of(`${command?.name()} ${option}`, option.replace(/^--/, ''), asked, operands);
  if (last.startsWith('-')) {
    const options = [...(command?.options ?? []), ...program.options];
    return options.flatMap(({ long, description, hidden }) =>
      long && !hidden ? [{ word: long, text: description }] : [],
    );
  }
  if (command === null) return commandsOf(program);
  const args = command.registeredArguments;
  const argument = args[operands.length] ?? (args.at(-1)?.variadic ? args.at(-1) : undefined);
  return argument === undefined
    ? []
    : of(`${command.name()} ${argument.name()}`, argument.name(), asked, operands);
}

/** The command, its operands, and an option whose value stands at the cursor. */
function read(program: Command, words: readonly string[]) {
  let command: Command | null = null;
  let option: string | null = null;
  const operands: string[] = [];
  for (const word of words) {
    if (option !== null) option = null;
    else if (word.startsWith('-')) {
      const all = [...(command?.options ?? []), ...program.options];
      const known = all.find(({ long, short }) => word === long || word === short);
      option = known?.required ? (known.long ?? null) : null;
    } else if (command === null)
      command = program.commands.find((each) => each.name() === word) ?? help(program, word);
    else operands.push(word);
  }
  return { command, operands, option };
}

/** commander makes `help` by itself and lists it nowhere. */
const help = (program: Command, word: string) =>
  word === 'help' ? program.createCommand('help').argument('[command]') : null;

const commandsOf = (program: Command): Candidate[] =>
  [...program.commands]
    .filter((each) => each.name() !== 'complete')
    .map((each) => ({ word: each.name(), text: each.description() }));

async function of(
  place: string,
  name: string,
  asked: Asked,
  operands: readonly string[],
): Promise<Candidate[]> {
  const { program, language, daemon, words } = asked;
  const kind = ofCommand[place] ?? kinds[name];
  switch (kind) {
    case 'commands':
      return commandsOf(program);
    case 'shells':
      return bare(['bash', 'zsh', 'fish']);
    case 'schemas':
      return bare(['lab', 'track']);
    case 'reasons':
      return bare(Object.keys(await loadReasons(language)));
    case 'labs': {
      const { labs } = await (await daemon()).call('labs.list', {});
      return labs.map(({ id, title }) => ({ word: id, text: title[language] }));
    }
    case 'sessions': {
      const { sessions } = await (await daemon()).call('sessions.list', {});
      return sessions.map(({ id, lab, step }) => ({ word: id, text: `${lab}, ${step}` }));
    }
    case 'stepsOfLab': {
      const lab = await (await daemon()).call('labs.get', { lab: operands[0] ?? '' });
      return lab.steps.map(({ id }) => ({ word: id, text: lab.prose[language].steps[id]?.title ?? '' }));
    }
    case 'steps': {
      const { steps } = await (await daemon()).call('sessions.get', sessionIn(words));
      return steps.map(({ id, title }) => ({ word: id, text: title[language] }));
    }
    case 'nodes': {
      const { nodes } = await (await daemon()).call('topology.get', sessionIn(words));
      return bare(Object.keys(nodes));
    }
    case 'predictions': {
      const session = await (await daemon()).call('sessions.get', sessionIn(words));
      const lab = await (await daemon()).call('labs.get', { lab: session.lab });
      const here = lab.steps.findIndex(({ id }) => id === session.step);
      return lab.steps
        .slice(0, here + 1)
        .flatMap(({ predict }) => predict.map(({ id, ask }) => ({ word: id, text: ask[language] })));
    }
    default:
      return place.endsWith(' --lang') ? bare(languages) : [];
  }
}

const bare = (words: readonly string[]): Candidate[] => words.map((word) => ({ word, text: '' }));

function sessionIn(words: readonly string[]): { session?: string } {
  const session = words[words.indexOf('--session') + 1];
  return words.includes('--session') && session ? { session } : {};
}
