import { withDaemon } from '../support/daemon.ts';
import { spoil } from './learner.ts';
import { answered, type Part, result, twoSessions } from './part.ts';
import { ways } from './ways.ts';

/** Ways that use up all that a machine may have of something, and stay there. */
const limits: Record<string, string> = Object.fromEntries(
  [
    ...['processes', 'processes of three users', 'files', 'a full root', 'inotify', 'terminals', 'keys'],
    ...['user namespaces', 'many namespaces', 'pending signals', 'another tmpfs', 'many mounts'],
    ...['many links', 'many routes', 'many rules'],
  ].map((name) => [name, ways[name] ?? '']),
);
limits['open files'] =
  "for i in 1 2 3 4 5 6 7 8; do python3 -c 'import os, time; [os.dup(0) for i in range(4000)]; time.sleep(60)' & done; sleep 2";
limits['tracked connections'] =
  'iptables -t nat -A OUTPUT -j ACCEPT; python3 -c \'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); [s.sendto(b"x", ("127.0.0.%d" % (i % 250 + 1), 1024 + i // 250)) for i in range(60000)]\'';
limits['busy loops'] = ways['busy loops'] ?? '';

/** Checks of the other learner, at rest and beside each limit. */
const checks = 100;

/** A learner at each limit: the checks of another one stay right; how much longer the slowest of a hundred takes is a note. */
export const limitsPart: Part = {
  name: 'limits',
  run: ({ most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      const { client, session, other } = await twoSessions(daemon);
      const asked = async () => {
        const times: number[] = [];
        for (let count = 0; count < checks; count++) {
          const began = performance.now();
          const { outcome } = await result(client, 'checks.run', { session: other }, 60);
          if (outcome !== 'pass') throw new Error(`the other session: ${outcome}`);
          times.push(performance.now() - began);
        }
        return times.sort((one, two) => one - two);
      };
      for (const [name, lines] of Object.entries(limits).slice(0, most)) {
        if (!goesOn()) break;
        await tally.attempt(name, async () => {
          const quiet = await asked();
          await spoil(daemon, session, lines);
          tally.notes.push(said(name, quiet, await asked()));
        });
        await answered(client, 'sessions.reset', { session }, 60);
      }
      client.close();
    }),
};

function said(name: string, quiet: readonly number[], beside: readonly number[]): string {
  const figures = [0.5, 0.99].map((part) => {
    const [one, two] = [quiet, beside].map(
      (times) => times[Math.ceil(part * times.length) - 1] ?? Number.NaN,
    );
    return `${one?.toFixed(0)} -> ${two?.toFixed(0)} ms (${((two ?? 0) / (one ?? 1)).toFixed(2)} x)`;
  });
  return `${name}: median ${figures[0]}, 99 of 100 within ${figures[1]}`;
}
