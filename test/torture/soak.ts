import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import { withDaemon } from '../support/daemon.ts';
import { judged, type Look } from './growth.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/**
 * Sessions with a client each until the time is over; prints the daemon's memory every 30 s. A client waits some
 * seconds between two turns, between half of `pause` and one and a half.
 */
export const soak = (sessions: number, pause: number): Part => ({
  name: 'soak',
  run: ({ goesOn, random, tally }) =>
    withDaemon(
      async (daemon) => {
        await daemon.start();
        const began = performance.now();
        const looks: Look[] = [];
        let turns = 0;
        const look = () => {
          const seen = { seconds: (performance.now() - began) / 1000, ...memoryOf(daemon.pid) };
          looks.push(seen);
          return seen;
        };
        const tell = () => {
          const { seconds, resident, own } = look();
          const size = `${resident.toFixed(1)} MiB, ${own.toFixed(1)} of them no file's`;
          process.stdout.write(`  ${Math.round(seconds)} s: ${size}; ${turns} turns\n`);
        };
        const looking = [setInterval(look, 5000), setInterval(tell, 30_000)];
        // The first client that leaves is the last look: the others leave a daemon more and more at rest.
        const lastLook = () => {
          if (looking.length > 0) tell();
          for (const each of looking.splice(0)) clearInterval(each);
        };
        const learn = async () => {
          const client = await clientOf(daemon);
          const { id: session } = await result(client, 'sessions.start', { lab: 'switching' }, 300);
          // Learners do not begin all at once.
          await later(random.next() * pause * 1000);
          for (let turn = 0; goesOn(); turn++) {
            await tally.attempt(`turn ${turn}`, async () => {
              await answered(client, 'steps.apply', { session }, 300);
              await answered(client, 'checks.run', { session }, 300);
              if (turn % 3 === 2) await result(client, 'sessions.reset', { session }, 300);
            });
            turns += 1;
            await later((0.5 + random.next()) * pause * 1000);
          }
          lastLook();
          client.close();
        };
        await Promise.all(Array.from({ length: sessions }, learn)).finally(lastLook);
        const { words, tooMuch } = judged(looks);
        tally.notes.push(words);
        if (tooMuch) tally.failures.push(words);
      },
      { HOPLAB_SESSIONS: String(sessions + 1) },
    ),
});

/** Resident memory, and the part of it that no file backs, in MiB; no numbers where the daemon has died. */
function memoryOf(pid: number): { resident: number; own: number } {
  const path = `/proc/${pid}/status`;
  const status = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const figure = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  return { resident: figure('VmRSS'), own: figure('RssAnon') };
}
