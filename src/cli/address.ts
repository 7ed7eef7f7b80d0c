import { join } from 'node:path';
import { webSocketPath } from '../protocol/connection.ts';

/** The daemon's address: the given URL, else the Unix socket of this machine. */
export function addressOf(env: NodeJS.ProcessEnv, url: string | undefined): { url: string; name: string } {
  if (url !== undefined) return { url, name: url };
  const socket = join(env.HOPLAB_RUN || '/run/hoplab', 'hoplab.sock');
  return { url: `ws+unix:${socket}:${webSocketPath}`, name: socket };
}
