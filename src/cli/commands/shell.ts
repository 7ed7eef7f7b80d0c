import type { Cli } from '../cli.ts';
import { attach } from '../terminal/attach.ts';
import { exitCodeOf } from '../terminal/exit-code.ts';
import { shells } from '../terminal/shells.ts';
import { TranslatedError } from '../translated-error.ts';

/** An interactive shell in a node. If stdin is no terminal, runs its lines; its end ends the shell. */
export async function shell(cli: Cli, node: string | undefined): Promise<number> {
  if (cli.json) throw new TranslatedError('argument-invalid', cli.words.usage.noJson);
  const daemon = await cli.daemon();
  const params = { ...cli.session, ...(node === undefined ? {} : { node }) };
  if (process.stdin.isTTY && process.stdout.isTTY) return shells(cli, daemon, params);
  return exitCodeOf(await attach(daemon, { ...params, pty: null }, process));
}
