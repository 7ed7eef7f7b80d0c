import type { Command } from 'commander';
import { handedOverArgv, handOver } from './commands/hand-over.ts';
import { asJson, failureOf } from './failure.ts';
import { chooseLanguage, loadWords } from './language.ts';
import { withCommandApart } from './operands.ts';
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
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    const failure = failureOf(error, words, usageOf(program, argv));
    if (failure === null) return exitCode;
    const { document, text, exit } = failure;
    if (asJson(argv)) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else process.stderr.write(`${text}\n`);
    return exit;
  }
}

/** One line: the command that was meant, and what it takes. */
function usageOf(program: Command, argv: readonly string[]): string {
  let [command, path] = [program, program.name()];
  for (const word of argv) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) continue;
    [command, path] = [next, `${path} ${word}`];
  }
  return `${path} ${command.usage()}`;
}
