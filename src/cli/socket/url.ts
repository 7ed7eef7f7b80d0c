import { WebSocket } from 'ws';
import { HoplabError } from '../../protocol/errors.ts';
import { Refusal } from './refusal.ts';

/** A WebSocket to a daemon's network door. Rejects with the error of the socket, or with a Refusal. */
export function openUrl(url: string, token: string | undefined): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, { headers, perMessageDeflate: false });
    } catch (error) {
      reject(new HoplabError('argument-invalid', `${url}: ${(error as Error).message}`, { url }));
      return;
    }
    socket.on('unexpected-response', async (_request, response) => {
      reject(new Refusal((await response.toArray()).join('')));
      socket.terminate();
    });
    socket.on('error', reject);
    socket.on('open', () => {
      // Nothing may be missed between here and the caller's listeners.
      socket.pause();
      resolve(socket);
      setImmediate(() => socket.resume());
    });
  });
}
