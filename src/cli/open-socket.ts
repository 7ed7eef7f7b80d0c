import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { type ErrorDocument, HoplabError } from '../protocol/errors.ts';
import type { Words } from '../words/en/cli.ts';
import { TranslatedError } from './translated-error.ts';

/** An open WebSocket, paused until the caller listens; or why there is none. */
export function openSocket(
  { url, name }: { url: string; name: string },
  token: string | undefined,
  words: Words,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, { headers, perMessageDeflate: false });
    } catch {
      reject(new TranslatedError('argument-invalid', words.usage.url(name, url), { url }));
      return;
    }
    socket.on('unexpected-response', async (_request, response) => {
      reject((await refusal(response)) ?? unreachable({}));
      socket.terminate();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => reject(unreachable(error)));
    socket.on('open', () => {
      // Nothing may be missed between here and the caller's listeners.
      socket.pause();
      resolve(socket);
      setImmediate(() => socket.resume());
    });
  });

  function unreachable({ code }: { code?: string | undefined }): HoplabError {
    const message = code === 'EACCES' ? words.forbidden(name) : words.unreachable(name);
    const data = { address: name, ...(code ? { cause: code } : {}) };
    return new TranslatedError('daemon-unreachable', message, data);
  }
}

/** The daemon's own reason for refusing the upgrade; null if another server answered. */
async function refusal(response: IncomingMessage): Promise<HoplabError | null> {
  const text = (await response.toArray()).join('');
  try {
    const { code, message, data } = (JSON.parse(text) as ErrorDocument).error;
    return new HoplabError(code, message, data);
  } catch {
    return null;
  }
}
