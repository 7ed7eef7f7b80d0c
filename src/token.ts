import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The network door's key. It is kept with the state, so that a page's address is good for another day, and lies
 * in the run directory for programs; the group may read it, for it may use the socket anyway.
 */
export async function networkToken(
  { run, state }: { run: string; state: string },
  group: number,
): Promise<string> {
  const [kept, presented] = [join(state, 'token'), join(run, 'token')];
  const token = (await read(kept)) ?? (await read(presented)) ?? randomBytes(32).toString('base64url');
  await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
  for (const path of [kept, presented]) await write(path, token, group);
  return token;
}

/** Null where there is none, or half of one. */
async function read(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^[\w-]{43}\n$/.test(text) ? text.trim() : null;
}

/** No other user may read it for a moment, and a power cut leaves the one before. */
async function write(path: string, token: string, group: number): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, `${token}\n`, { mode: 0o600 });
  await chown(fresh, 0, group);
  await chmod(fresh, 0o640);
  await rename(fresh, path);
}
