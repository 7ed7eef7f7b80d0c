import type { Cli } from '../cli.ts';
import { isShell, scripts } from '../completion/scripts.ts';
import { TranslatedError } from '../translated-error.ts';

/** The script that makes a shell ask `hoplab complete`. */
export async function completion(cli: Cli, shell: string): Promise<undefined> {
  const known = Object.keys(scripts);
  if (!isShell(shell)) {
    throw new TranslatedError('argument-invalid', cli.words.usage.shell(shell, known), { shell, known });
  }
  const script = scripts[shell];
  cli.print({ shell, script }, () => script);
}
