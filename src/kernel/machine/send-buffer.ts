import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Bytes that a socket may have waiting unless its program asks for more. nft and iptables hand a whole rule set over in
 * one message, and may ask for more (SO_SNDBUFFORCE) as root of the VM only, not of a machine: with the kernel's own
 * 212,992 some 300 rules fit, with this about 6,000.
 */
const wanted = 4 * 1024 * 1024;

const file = '/proc/sys/net/core/wmem_default';

/** The VM's own value, and a file for each daemon that needs a larger one: the last daemon restores it. */
const kept = '/run/hoplab-limits';

/** @returns gives the VM its own value back, unless another daemon is still there. */
export async function largeSendBuffer(): Promise<() => Promise<void>> {
  const mine = join(kept, `daemon-${process.pid}`);
  const before = join(kept, 'net.core.wmem_default');
  await mkdir(kept, { recursive: true, mode: 0o755 });
  const now = Number(await readFile(file, 'utf8'));
  if (now < wanted) {
    await writeFile(before, `${now}\n`);
    await writeFile(file, `${wanted}\n`);
  }
  await writeFile(mine, '');
  return async () => {
    await rm(mine, { force: true });
    if ((await others()) > 0 || !existsSync(before)) return;
    await writeFile(file, await readFile(before, 'utf8'));
    await rm(kept, { recursive: true, force: true });
  };
}

/** Daemons that are alive; removes the files of killed ones. */
async function others(): Promise<number> {
  let alive = 0;
  for (const name of await readdir(kept)) {
    const pid = /^daemon-(\d+)$/.exec(name)?.[1];
    if (pid === undefined) continue;
    if (existsSync(`/proc/${pid}`)) alive += 1;
    else await rm(join(kept, name), { force: true });
  }
  return alive;
}
