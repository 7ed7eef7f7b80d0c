import { readFileSync } from 'node:fs';
import { withDaemon } from '../support/daemon.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** Sessions with a client each, busy until the time is over; notes the daemon's memory every 30 s. */
export const soak = (sessions: number): Part => ({
  name: 'soak',
  run: ({ goesOn, tally }) =>
    withDaemon(
      async (daemon) => {
        await daemon.start();
        const began = performance.now();
        const note = () => {
          const rss = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1];
          const seconds = Math.round((performance.now() - began) / 1000);
          tally.notes.push(`${seconds} s: ${Math.round(Number(rss) / 1024)} MiB, ${tally.tried} requests`);
        };
        const noting = setInterval(note, 30_000);
        const learn = async () => {
          const client = await clientOf(daemon);
          const { id: session } = await result(client, 'sessions.start', { lab: 'switching' }, 300);
          for (let turn = 0; goesOn(); turn++)
            await tally.attempt(`turn ${turn}`, async () => {
              await answered(client, 'steps.apply', { session }, 300);
              await answered(client, 'checks.run', { session }, 300);
              if (turn % 3 === 2) await result(client, 'sessions.reset', { session }, 300);
            });
          client.close();
        };
        await Promise.all(Array.from({ length: sessions }, learn));
        clearInterval(noting);
        note();
      },
      { HOPLAB_SESSIONS: String(sessions + 1) },
    ),
});
