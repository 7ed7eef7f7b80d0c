import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/client/client.ts';
import { HoplabError } from '../../src/protocol/errors.ts';
import { withDaemon } from '../support/daemon.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** The kernel refuses while a file is open to be written. */
const readOnly = 'for i in $(seq 500); do mount -o remount,ro "$0" && exit; sleep 0.01; done; exit 1';

/** State and records on a tmpfs each that only the daemon sees: full, read-only, and with room again; and slow. */
export const disks: Part = {
  name: 'disks',
  run: ({ most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      const records = join(daemon.run, 'handles');
      mkdirSync(records, { recursive: true });
      const small = `mount -t tmpfs -o size=256k none "$0" && mount -t tmpfs -o size=16k,mode=700 none ${records} && exec "$@"`;
      const through = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', small, daemon.state];
      await daemon.start({}, through);
      const there = (line: string) =>
        execFileSync('nsenter', ['-t', String(daemon.pid), '--mount', 'sh', '-c', line, daemon.state], {
          stdio: ['ignore', 'ignore', 'ignore'],
        });
      const client = await clientOf(daemon);
      for (let round = 0; round < most && goesOn(); round++)
        for (const [name, spoil, heal] of [
          ['full', 'cat /dev/zero >"$0/filler" || true', 'rm "$0/filler"'],
          ['read-only', readOnly, 'mount -o remount,rw "$0"'],
        ] as const)
          await tally.attempt(`${name}, round ${round}`, async () => {
            const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
            there(spoil);
            try {
              await result(client, 'checks.run', { session });
              const refused = await answered(client, 'sessions.start', { lab: 'switching' });
              if (!(refused instanceof HoplabError) || refused.code !== 'journal-failed')
                throw new Error(`start on a ${name} disk: ${JSON.stringify(refused).slice(0, 200)}`);
              await answered(client, 'sessions.reset', { session });
            } finally {
              there(heal);
            }
            await result(client, 'sessions.reset', { session });
            await result(client, 'sessions.stop', { session });
          });
      await tally.attempt('full records', async () => {
        const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
        there(`cat /dev/zero >${records}/filler || true`);
        const refused = await answered(client, 'topology.expose', { session });
        if (!(refused instanceof HoplabError) || refused.code !== 'machine-failed')
          throw new Error(`expose with full records: ${JSON.stringify(refused).slice(0, 200)}`);
        there(`rm ${records}/filler`);
        await result(client, 'topology.expose', { session });
        await result(client, 'sessions.stop', { session });
      });
      await tally.attempt('slow', () => slow(daemon.pid, client));
    }),
};

/** Each sync takes half a second longer: checks do not wait for it, and what was told is told. */
async function slow(pid: number, client: Client): Promise<void> {
  const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
  const syncs = 'fsync,fdatasync';
  const inject = `inject=${syncs}:delay_enter=500000`;
  const args = ['-f', '-qq', '-p', String(pid), '-e', `trace=${syncs}`, '-e', inject];
  const tracer = spawn('strace', args, { stdio: 'ignore' });
  try {
    await result(client, 'sessions.reset', { session });
    await result(client, 'checks.run', { session });
  } finally {
    tracer.kill('SIGINT');
    await once(tracer, 'exit');
  }
  await result(client, 'sessions.stop', { session });
}
