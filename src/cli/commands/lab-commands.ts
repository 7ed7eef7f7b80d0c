import type { Command } from 'commander';
import type { Words } from '../../words/en/cli.ts';
import type { Act } from '../cli.ts';

/** The commands about labs, for those who look for one and those who write one. */
export function addLabCommands(program: Command, words: Words['commands'], act: Act): void {
  const { labs, lint, test } = words;
  program
    .command('labs')
    .description(labs.summary)
    .action(act(async () => (await import('./labs.ts')).labs));
  program
    .command('lint')
    .description(lint.summary)
    .argument('<dir>', lint.dir)
    .action(act(async () => (await import('./lint.ts')).lint));
  program
    .command('test')
    .description(test.summary)
    .argument('[lab...]', test.labs)
    .option('--all', test.all)
    .action(act(async () => (await import('./test.ts')).test));
}
