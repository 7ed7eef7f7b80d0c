import type { Command } from 'commander';
import type { Words } from '../../words/en/cli.ts';
import type { Act } from '../cli.ts';

/** The commands that look into a machine, and those about the computer it runs on. */
export function addMachineCommands(program: Command, words: Words['commands'], act: Act): void {
  const { exec, shell, topology, expose, url, daemon, doctor, schema } = words;
  program
    .command('exec')
    .description(exec.summary)
    .usage('[options] <node> <command...>')
    .argument('<node>', exec.node)
    .argument('<command...>', exec.command)
    .addHelpText('after', `\n${exec.more}`)
    .action(act(async () => (await import('./exec.ts')).exec));
  program
    .command('shell')
    .description(shell.summary)
    .argument('[node]', shell.node)
    .addHelpText('after', `\n${shell.more}`)
    .action(act(async () => (await import('./shell.ts')).shell));
  program
    .command('topology')
    .description(topology.summary)
    .action(act(async () => (await import('./topology.ts')).topology));
  program
    .command('expose')
    .description(expose.summary)
    .argument('[node]', expose.node)
    .addHelpText('after', `\n${expose.more}`)
    .action(act(async () => (await import('./expose.ts')).expose));
  program
    .command('url')
    .description(url.summary)
    .addHelpText('after', `\n${url.more}`)
    .action(act(async () => (await import('./url.ts')).url));
  // Here for their help only: run.ts hands their command lines over before this parser sees them.
  program
    .command('daemon')
    .description(daemon.summary)
    .option('--labs <dir>', daemon.labs)
    .option('--read-labs', daemon.readLabs)
    .addHelpText('after', `\n${daemon.more}`);
  program.command('doctor').description(doctor.summary).addHelpText('after', `\n${doctor.more}`);
  program
    .command('schema')
    .description(schema.summary)
    .argument('[file]', schema.file)
    .option('--header <path>', schema.header)
    .addHelpText('after', `\n${schema.more}`);
}
