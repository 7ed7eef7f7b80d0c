import { type Command, Option } from 'commander';
import { clusterEngines } from '../../protocol/values/cluster-engines.ts';
import type { Words } from '../../words/en/cli.ts';
import type { Act } from '../cli.ts';

/** The commands of a learner's way through a lab. */
export function addSessionCommands(program: Command, words: Words['commands'], act: Act): void {
  const { start, sessions, use, stop, status, show, apply, predict } = words;
  const { check, watch, hint, reset, reboot, undo } = words;
  program
    .command('start')
    .description(start.summary)
    .argument('<lab>', start.lab)
    .option('--step <id>', start.step)
    .addOption(new Option('--engine <name>', start.engine).choices(clusterEngines))
    .addHelpText('after', `\n${start.more}`)
    .action(act(async () => (await import('./start.ts')).start));
  program
    .command('play')
    .description(words.play.summary)
    .argument('[verb]', words.play.verb)
    .argument('[words...]', words.play.words)
    .option('-y, --yes', words.yes)
    .addHelpText('after', `\n${words.play.more}`)
    .action(act(async () => (await import('./play.ts')).play));
  program
    .command('sessions')
    .description(sessions.summary)
    .action(act(async () => (await import('./sessions.ts')).sessions));
  program
    .command('use')
    .description(use.summary)
    .argument('<id>', use.id)
    .action(act(async () => (await import('./sessions.ts')).use));
  program
    .command('stop')
    .description(stop.summary)
    .argument('[id]', stop.id)
    .option('--all', stop.all)
    .action(act(async () => (await import('./stop.ts')).stop));
  program
    .command('status')
    .description(status.summary)
    .action(act(async () => (await import('./status.ts')).status));
  program
    .command('show')
    .description(show.summary)
    .argument('[step]', show.step)
    .option('--no-solution', show.noSolution)
    .option('--no-commands', show.noCommands)
    .option('--whole', show.whole)
    .action(act(async () => (await import('./show.ts')).show));
  program
    .command('apply')
    .description(apply.summary)
    .argument('[step]', apply.step)
    .option('--all', apply.all)
    .action(act(async () => (await import('./apply.ts')).apply));
  program
    .command('predict')
    .description(predict.summary)
    .argument('[id]', predict.id)
    .argument('[answer...]', predict.answer)
    .option('--step <id>', predict.step)
    .addHelpText('after', `\n${predict.more}`)
    .action(act(async () => (await import('./predict.ts')).predict));
  program
    .command('check')
    .description(check.summary)
    .argument('[step]', check.step)
    .option('--all', check.all)
    .action(act(async () => (await import('./check.ts')).check));
  program
    .command('watch')
    .description(watch.summary)
    .addHelpText('after', `\n${watch.more}`)
    .action(act(async () => (await import('./watch.ts')).watch));
  program
    .command('hint')
    .description(hint.summary)
    .action(act(async () => (await import('./hint.ts')).hint));
  program
    .command('break')
    .description(words.break.summary)
    .option('--seed <number>', words.break.seed)
    .option('--show', words.break.show)
    .addHelpText('after', `\n${words.break.more}`)
    .action(act(async () => (await import('./break.ts')).breakLab));
  program
    .command('goto')
    .description(words.goto.summary)
    .argument('<step>', words.goto.step)
    .option('-y, --yes', words.yes)
    .action(act(async () => (await import('./rewind.ts')).goto));
  program
    .command('reset')
    .description(reset.summary)
    .option('-y, --yes', words.yes)
    .action(act(async () => (await import('./rewind.ts')).reset));
  program
    .command('reboot')
    .description(reboot.summary)
    .option('-y, --yes', words.yes)
    .addHelpText('after', `\n${reboot.more}`)
    .action(act(async () => (await import('./rewind.ts')).reboot));
  program
    .command('undo')
    .description(undo.summary)
    .action(act(async () => (await import('./rewind.ts')).undo));
}
