import { join } from 'node:path';

/** Where a daemon is, and the name of that in a message. */
export type Address =
  | { url: string; path?: never; name: string }
  | { url?: never; path: string; name: string };

/** The daemon's address: the given URL, else the Unix socket of this machine. */
export function addressOf(env: NodeJS.ProcessEnv, url: string | undefined): Address {
  if (url !== undefined) return { url, name: url };
  const path = join(env.HOPLAB_RUN || '/run/hoplab', 'hoplab.sock');
  return { path, name: path };
}
