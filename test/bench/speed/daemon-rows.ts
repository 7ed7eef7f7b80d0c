import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { Client } from '../../../src/client/client.ts';
import { median, timed } from '../figures.ts';
import { type Daemon, hoplab, ran, startDaemon } from './daemon.ts';
import { inTurn, type Row } from './figures.ts';
import { memoryOf } from './memory.ts';

const node = process.execPath;
const lab = 'network-namespaces';
/** Milliseconds after which a daemon that is not asked is at rest (src/heap.ts). */
const rest = 6000;

/** Node with the libraries of the daemon, which answers what it is sent. */
async function startLibraries() {
  const root = mkdtempSync('/run/hoplab-bench-');
  const socket = join(root, 'socket');
  const program = fileURLToPath(new URL('./libraries.mjs', import.meta.url));
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const took = await timed(() => once(child.stdout, 'data'));
  return {
    ...{ pid: child.pid ?? 0, socket, took },
    end() {
      child.kill();
      rmSync(root, { recursive: true });
    },
  };
}

/** The daemon from its start to the first connection, and its memory at rest. */
export async function daemonRows(rounds: number): Promise<Row[]> {
  const [starts, rests, bares, bareMemories]: number[][] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const [daemon, bare] = [await startDaemon(), await startLibraries()];
    starts?.push(daemon.took);
    bares?.push(bare.took);
    await setTimeout(rest);
    rests?.push(memoryOf(daemon.pid));
    bareMemories?.push(memoryOf(bare.pid));
    bare.end();
    await daemon.end();
  }
  const [libraries, memory] = [median(bareMemories ?? []), median(rests ?? [])];
  return [
    {
      ...{ what: 'daemon, from its start to its socket', figure: median(starts ?? []), unit: 'ms' },
      ...{ baseline: 'its bare libraries', beside: median(bares ?? []), goal: 'under 600 ms' },
    },
    {
      ...{ what: 'daemon at rest (Pss)', figure: memory, unit: 'MiB' },
      ...{ baseline: 'its bare libraries', beside: libraries, goal: 'at most 1.2 x' },
    },
  ];
}

/** The daemon with more and more sessions: the memory of each, `hoplab status`, and the API with a client in each. */
export async function sessionRows(rounds: number, sessions: readonly number[]): Promise<Row[]> {
  const rows: Row[] = [];
  const daemon = await startDaemon();
  try {
    const client = await daemon.client();
    let started = 0;
    await setTimeout(rest);
    let before = memoryOf(daemon.pid);
    for (const count of sessions) {
      const had = started;
      for (; started < count; started++) await client.call('sessions.start', { lab });
      await setTimeout(rest);
      const now = memoryOf(daemon.pid);
      rows.push({
        ...{ what: `a session's part of the daemon, the ${had + 1}th to the ${count}th`, unit: 'MiB' },
        ...{ figure: (now - before) / (count - had), baseline: '-', beside: null, goal: 'at most 1 MiB' },
      });
      before = now;
    }
    rows.push(await statusRow(daemon, 4 * rounds), ...(await apiRows(daemon, client)));
    client.close();
  } finally {
    await daemon.end();
  }
  return rows;
}

/** As it is installed: by a link, which takes the build where no source is newer. */
async function statusRow({ env, socket }: Daemon, rounds: number): Promise<Row> {
  const installed = join(dirname(socket), 'installed');
  symlinkSync(hoplab, installed);
  await ran([installed, 'status'], env);
  const { status, bare } = await inTurn(rounds, {
    status: () => ran([installed, 'status'], env),
    bare: () => ran([node, '-e', '0'], env),
  });
  const what = '`hoplab status`, warm';
  return { what, figure: status, unit: 'ms', baseline: '`node -e 0`', beside: bare, goal: 'at most 1.5 x' };
}

/** Questions that each client asks. */
const questions = 20;

/** Clients, each in a session, that ask one after the other while two of them check; beside a bare echo. */
async function apiRows(daemon: Daemon, first: Client): Promise<Row[]> {
  const { sessions } = await first.call('sessions.list', {});
  const clients = await Promise.all(sessions.map(() => daemon.client()));
  let over = false;
  const checking = sessions.slice(0, 2).map(async ({ id }) => {
    while (!over) await first.call('checks.run', { session: id });
  });
  const asked: number[] = [];
  await Promise.all(
    clients.map(async (client, at) => {
      const session = sessions[at]?.id ?? '';
      for (let question = 0; question < questions; question++) {
        await setTimeout(Math.random() * 100);
        asked.push(await timed(() => client.call('sessions.get', { session })));
      }
    }),
  );
  over = true;
  await Promise.all(checking);
  for (const client of clients) client.close();
  const echoed = await echo(clients.length);
  const late = (times: readonly number[]) =>
    times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Number.NaN;
  const what = `API with ${clients.length} clients`;
  const baseline = 'a bare fastify and ws echo';
  return [
    {
      ...{ what: `${what}, median`, figure: median(asked), unit: 'ms', baseline, beside: median(echoed) },
      goal: 'at most 2 x',
    },
    {
      ...{ what: `${what}, 99 %`, figure: late(asked), unit: 'ms', baseline, beside: late(echoed) },
      goal: 'under 20 ms',
    },
  ];
}

async function echo(count: number): Promise<number[]> {
  const bare = await startLibraries();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = new WebSocket(`ws+unix:${bare.socket}:/`, { perMessageDeflate: false });
      await once(socket, 'open');
      for (let question = 0; question < questions; question++) {
        await setTimeout(Math.random() * 100);
        times.push(
          await timed(async () => {
            socket.send('{"method":"sessions.get"}');
            await once(socket, 'message');
          }),
        );
      }
      socket.terminate();
    }),
  );
  bare.end();
  return times;
}

/** A hint, and a hidden mistake, as clients ask for them. */
export async function answerRows(rounds: number): Promise<Row[]> {
  const daemon = await startDaemon();
  try {
    const client = await daemon.client();
    const { id: session } = await client.call('sessions.start', { lab });
    const verdicts: string[] = [];
    client.on('session.event', ({ event }) => {
      if (event.type === 'verdict') verdicts.push(event.verdict.check);
    });
    await client.call('sessions.subscribe', { session });
    // The checks that ran because a client came have their verdicts.
    while (verdicts.length === 0) await setTimeout(20);
    await setTimeout(1000);
    const { hint, check } = await inTurn(2 * rounds, {
      hint: () => client.call('sessions.hint', { session }),
      check: () => client.call('checks.run', { session }),
    });
    let seed = 0;
    const { practice, goto } = await inTurn(rounds, {
      practice: () => client.call('sessions.break', { session, seed: seed++ }),
      goto: () => client.call('sessions.goto', { session, step: 'internet' }),
    });
    client.close();
    return [
      {
        ...{ what: 'hint, from the verdicts that are there', figure: hint, unit: 'ms' },
        ...{ baseline: 'a check of the same step', beside: check, goal: 'under 50 ms' },
      },
      {
        ...{ what: 'practice start (API)', figure: practice, unit: 'ms' },
        ...{ baseline: 'goto of the last step', beside: goto, goal: 'under 1500 ms' },
      },
    ];
  } finally {
    await daemon.end();
  }
}
