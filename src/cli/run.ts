import type { Command } from 'commander';
import { handedOverArgv, handOver } from './commands/hand-over.ts';
import { asJson, failureOf, type Meant } from './failure.ts';
import { chooseLanguage, loadWords } from './language.ts';
import { commandPlace, withCommandApart } from './operands.ts';
import { createProgram } from './program.ts';

/** Runs one command line; resolves to its exit code. */
export async function run(given: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const argv = withCommandApart(given);
  const language = chooseLanguage(argv, env);
  const words = await loadWords(language);
  let exitCode = 0;
  const program = createProgram(words, language, env, (code) => {
    exitCode = code;
  });
  try {
    const others = handedOverArgv(argv);
    if (others) return await handOver(others);
    await program.parseAsync(argv.length === 0 ? ['--help'] : withoutVainHelp(program, argv), {
      from: 'user',
    });
    return exitCode;
  } catch (error) {
    const failure = failureOf(error, words, meantOf(program, argv));
    if (failure === null) return exitCode;
    const { document, text, exit } = failure;
    if (asJson(argv)) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else process.stderr.write(`${text}\n`);
    return exit;
  }
}

/** `help WORD` of what is no command is the same mistake as the word alone: commander would print all of its help. */
function withoutVainHelp(program: Command, argv: readonly string[]): string[] {
  const at = commandPlace(argv);
  const rest = argv.toSpliced(at, 1);
  const word = rest[commandPlace(rest)];
  const known = program.commands.flatMap((one) => [one.name(), ...one.aliases()]);
  return argv[at] === 'help' && word !== undefined && !known.includes(word) ? rest : [...argv];
}

function meantOf(program: Command, argv: readonly string[]): Meant {
  const name = argv[commandPlace(argv)];
  const command = program.commands.find((one) => one.name() === name);
  const path = command === undefined ? program.name() : `${program.name()} ${name}`;
  const options = [...program.options, ...(command?.options ?? [])].flatMap(({ long }) => long ?? []);
  return { usage: `${path} ${(command ?? program).usage()}`, options };
}
