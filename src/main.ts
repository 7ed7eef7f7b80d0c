import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { HoplabError } from './core/errors.ts';
import { runDaemon } from './daemon.ts';
import { findingsTable } from './doctor-table.ts';
import { doctor } from './kernel/doctor/doctor.ts';

/**
 * The composition root: `daemon` and `doctor`, which work where no daemon runs yet. Everything else is the
 * command line's, a client of the daemon. Resolves with the exit code.
 */
export async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'daemon') {
    if (process.getuid?.() !== 0)
      throw new HoplabError('not-root', 'hoplab daemon needs root: sudo hoplab daemon');
    const { values } = parseArgs({ args: rest, options: { labs: { type: 'string', multiple: true } } });
    return runDaemon(readConfig(process.env, values.labs ?? []));
  }
  const { values } = parseArgs({
    args: rest,
    options: { json: { type: 'boolean' }, lang: { type: 'string' } },
  });
  const findings = await doctor();
  process.stdout.write(values.json ? `${JSON.stringify({ findings }, null, 2)}\n` : findingsTable(findings));
  const needed = findings.filter(({ required }) => required).map(({ status }) => status);
  return needed.includes('missing') ? 1 : needed.includes('unseen') ? 2 : 0;
}
