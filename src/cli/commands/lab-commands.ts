import { type Command, Option } from 'commander';
import { clusterEngines } from '../../protocol/values/cluster-engines.ts';
import type { Words } from '../../words/en/cli.ts';
import type { Act, Cli } from '../cli.ts';

/** The commands about labs, for learners and authors. */
export function addLabCommands(program: Command, words: Words['commands'], act: Act): void {
  const { labs, lint, test } = words;
  program
    .command('labs')
    .description(labs.summary)
    .action(act(async () => (await import('./labs.ts')).labs));
  program
    .command('search')
    .description(words.search.summary)
    .argument('<word...>', words.search.words)
    .action(act(async () => (await import('./search.ts')).search));
  program
    .command('reasons')
    .description(words.reasons.summary)
    .argument('[reason]', words.reasons.reason)
    .addHelpText('after', `\n${words.reasons.more}`)
    .action(act(async () => (await import('./reasons.ts')).reasons));
  program
    .command('completion')
    .description(words.completion.summary)
    .argument('<shell>', words.completion.shell)
    .addHelpText('after', `\n${words.completion.more}`)
    .action(act(async () => (await import('./completion.ts')).completion));
  program
    .command('complete', { hidden: true })
    .argument('[word...]')
    .action(
      act(async () => {
        const { candidates } = await import('../completion/candidates.ts');
        return async ({ language, daemon }: Cli, given: string[]) => {
          // An empty word is one that is only begun.
          const found = await candidates({ program, words: given, language, daemon });
          process.stdout.write(found.map(({ word, text }) => `${word}\t${text.split('\n')[0]}\n`).join(''));
          return undefined;
        };
      }),
    );
  program
    .command('lint')
    .description(lint.summary)
    .argument('<dir>', lint.dir)
    .option('--mark', lint.mark)
    .action(act(async () => (await import('./lint.ts')).lint));
  program
    .command('test')
    .description(test.summary)
    .argument('[lab...]', test.labs)
    .option('--all', test.all)
    .addOption(new Option('--engine <name>', test.engine).choices(clusterEngines))
    .action(act(async () => (await import('./test.ts')).test));
}
