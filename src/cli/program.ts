import { Command } from 'commander';
import type { Language } from '../core/language.ts';
import type { Words } from '../words/en/cli.ts';
import type { Act, ExitCode } from './cli.ts';
import { addLabCommands } from './commands/lab-commands.ts';
import { addMachineCommands } from './commands/machine-commands.ts';
import { addPathCommands } from './commands/path-commands.ts';
import { addSessionCommands } from './commands/session-commands.ts';
import { createCli, type GlobalOptions } from './context.ts';
import { width } from './print/width.ts';
import { version } from './version.ts';

export function createProgram(
  words: Words,
  language: Language,
  env: NodeJS.ProcessEnv,
  exit: (code: ExitCode) => void,
): Command {
  const { help } = words;
  const program = new Command('hoplab')
    .description(help.about)
    .addHelpText('after', `\n${help.first}`)
    .version(version(), '-V, --version', help.version)
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.helpCommand)
    .option('--json', help.json)
    .option('--lang <en|ko>', help.lang)
    .option('--session <id>', help.session)
    .option('--url <url>', help.url)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      showGlobalOptions: true,
      displayWidth: width,
      styleTitle: (title) => help.titles[title] ?? title,
    });

  const act: Act =
    (load) =>
    async (...args) => {
      const cli = createCli(words, language, env, program.opts<GlobalOptions>());
      try {
        const command = await load();
        // commander adds the command itself as the last argument.
        exit((await command(cli, ...(args.slice(0, -1) as never[]))) ?? 0);
      } finally {
        await cli.hangUp();
      }
    };

  addSessionCommands(program, words.commands, act);
  addLabCommands(program, words.commands, act);
  addMachineCommands(program, words.commands, act);
  addPathCommands(program, words.commands, act);
  return program;
}
