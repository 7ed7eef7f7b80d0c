import { existsSync } from 'node:fs';

/** The checkout: the sources of the command line and its built files lie at different depths in it. */
export function root(): URL {
  let at = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', at)) && at.pathname !== '/') at = new URL('..', at);
  return at;
}
