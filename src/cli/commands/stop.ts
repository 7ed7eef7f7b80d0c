import type { Cli } from '../cli.ts';
import { TranslatedError } from '../translated-error.ts';

export async function stop(cli: Cli, id: string | undefined, { all }: { all?: boolean }): Promise<undefined> {
  const { words } = cli;
  if (all && id !== undefined) throw new TranslatedError('argument-invalid', words.usage.idAndAll);
  const one = id === undefined ? cli.session : { session: id };
  const daemon = await cli.daemon();
  const result = await daemon.call('sessions.stop', all ? { all } : one);
  cli.print(
    result,
    () => result.stopped.map(words.sessions.stopped).join('\n') || words.sessions.noneStopped,
  );
}
