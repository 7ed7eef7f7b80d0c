import { type ErrorDocument, HoplabError } from '../../protocol/errors.ts';
import type { Words } from '../../words/en/cli.ts';
import type { Address } from '../address.ts';
import { TranslatedError } from '../translated-error.ts';
import { openLocal } from './local.ts';
import type { OpenSocket } from './open-socket.ts';
import { Refusal } from './refusal.ts';

/** An open WebSocket, paused until the caller listens; or why there is none. */
export async function openSocket(
  { url, path, name }: Address,
  token: string | undefined,
  words: Words,
): Promise<OpenSocket> {
  try {
    if (url === undefined) return await openLocal(path);
    const { openUrl } = await import('./url.ts');
    return await openUrl(url, token);
  } catch (error) {
    if (error instanceof HoplabError) throw error;
    throw (error instanceof Refusal ? refusal(error) : null) ?? unreachable(error as NodeJS.ErrnoException);
  }

  function unreachable({ code }: { code?: string | undefined }): HoplabError {
    const message = code === 'EACCES' ? words.forbidden(name) : words.unreachable(name);
    const data = { address: name, ...(code ? { cause: code } : {}) };
    return new TranslatedError('daemon-unreachable', message, data);
  }
}

/** The daemon's own reason for refusing the upgrade; null if another server answered. */
function refusal({ body }: Refusal): HoplabError | null {
  try {
    const { code, message, data } = (JSON.parse(body) as ErrorDocument).error;
    return new HoplabError(code, message, data);
  } catch {
    return null;
  }
}
