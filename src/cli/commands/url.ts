import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cli } from '../cli.ts';
import { TranslatedError } from '../translated-error.ts';

/** The page's address. The token is in its fragment, which browsers do not send. */
export async function url(cli: Cli): Promise<undefined> {
  await cli.daemon();
  const run = process.env.HOPLAB_RUN || '/run/hoplab';
  const read = async (name: string) => {
    const path = join(run, name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      const message = error.code === 'EACCES' ? cli.words.forbidden(path) : cli.words.unreachable(path);
      throw new TranslatedError('daemon-unreachable', message, { address: path });
    });
    return text.trim();
  };
  const [address, token] = await Promise.all([read('address'), read('token')]);
  const page = `${address}/#token=${token}`;
  cli.print({ url: page }, () => page);
}
