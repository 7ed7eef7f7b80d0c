import { type Socket, connect as tcp } from 'node:net';
import { WebSocket } from 'ws';
import { withDaemon } from '../support/daemon.ts';
import { clientOf, type Part, result, type Tally } from './part.ts';

/** Connections that say nothing, and requests without an end to them: another client is answered meanwhile. */
export const floods: Part = {
  name: 'floods',
  run: ({ most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      const client = await clientOf(daemon);
      const port = Number(new URL(daemon.url).port);
      for (let round = 0; round < most && goesOn(); round++) {
        await tally.attempt(`600 silent connections, round ${round}`, async () => {
          const sockets: Socket[] = Array.from({ length: 600 }, () =>
            tcp(port, '127.0.0.1').on('error', () => {}),
          );
          await waited(tally, () => result(client, 'sessions.list', {}, 120));
          (await clientOf(daemon)).close();
          for (const socket of sockets) socket.destroy();
        });
        await tally.attempt(`batches of requests, round ${round}`, async () => {
          const flood = new WebSocket(`ws+unix:${daemon.run}/hoplab.sock:/ws`).on('error', () => {});
          await new Promise((resolve) => flood.once('open', resolve));
          // Its answers are not read: this process would be busy with them, and measure itself.
          flood.pause();
          const batch = JSON.stringify(
            Array.from({ length: 100 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'rpc.discover' })),
          );
          for (let count = 0; count < 20; count++) flood.send(batch);
          for (let count = 0; count < 20_000; count++) flood.send(Buffer.alloc(0));
          await waited(tally, () => result(client, 'sessions.list', {}, 120));
          flood.terminate();
        });
      }
    }),
};

/** The longest wait of another client is a note: how long it is depends on what else the VM does. */
async function waited(tally: Tally, ask: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await ask();
  tally.notes.push(`another client waited ${Math.round(performance.now() - began)} ms`);
}
