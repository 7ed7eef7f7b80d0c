import { access, readFile } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { run } from '../exec/run.ts';
import { intoMachine } from '../place/enter.ts';
import { lend } from './lend.ts';

/** Unpacked by scripts/services. */
const unpacked = '/var/lib/hoplab/services/usr';
const place = '/.hoplab/services';

/** Inside every machine: starts a mail server (mail.sh), where the programs are lent. */
export const mailProgram = '/.hoplab/mail';
export const mailScript = await readFile(new URL('./mail.sh', import.meta.url), 'utf8');

const script = await readFile(new URL('./programs.sh', import.meta.url), 'utf8');

/** Gives a fresh machine the servers for time and mail, and their users. */
export async function lendPrograms(pid: number): Promise<void> {
  await access(unpacked).catch(() => {
    const words = 'the servers for time and mail are not there; sudo scripts/services unpacks them';
    throw new HoplabError('feature-missing', words, { tool: 'services', output: unpacked });
  });
  await lend(pid, unpacked, place);
  const ran = await run(intoMachine(pid, ['sh', '-c', script, 'programs', place]));
  if (ran.exitCode === 0) return;
  throw new HoplabError('machine-failed', `the servers could not be added: ${ran.stderr.trim()}`, {
    step: 'programs',
  });
}
