import type { Client } from '../../client/client.ts';
import { terminalWindow } from '../../protocol/connection.ts';
import { decodeAck, encodeAck, encodeFrame } from '../../protocol/frame.ts';
import type { Params } from '../../protocol/methods.ts';
import type { NotificationParams } from '../../protocol/notifications.ts';

/** The streams of a process, or their stand-ins. */
interface Ends {
  stdin: NodeJS.ReadStream;
  stdout: Sink;
  stderr: Sink;
}

interface Sink {
  write(bytes: Uint8Array, written: () => void): unknown;
}

type Exit = NotificationParams<'terminal.exit'>;

interface Hooks<Left> {
  opened?(terminal: number): void;
  /** Ends it before its time: it is hung up, and the streams stay open. */
  left?: Promise<Left>;
  /** The connection's terminal before this one, of which something may still come. */
  after?: number;
}

/** Joins a new terminal to the given streams until it exits; resolves when its last byte is written. */
export async function attach<Left extends object = never>(
  daemon: Client,
  params: Params<'terminal.open'>,
  { stdin, stdout, stderr }: Ends,
  { opened = () => {}, left = new Promise(() => {}), after = 0 }: Hooks<Left> = {},
): Promise<Pick<Exit, 'exitCode' | 'signal'> | Left> {
  // One terminal per connection: its bytes may come in one read with the answer that has its number.
  const writes: Promise<void>[] = [];
  let unacknowledged = 0;
  const { promise: exited, resolve: exit } = Promise.withResolvers<Exit>();
  const hush = daemon.on('terminal.exit', (one) => one.terminal > after && exit(one));
  const deafen = daemon.onFrame(({ kind, terminal, payload }) => {
    if (terminal <= after) return;
    if (kind === 'ack') return acknowledged(decodeAck(payload) ?? 0);
    if (kind === 'stdin') return;
    const sink = kind === 'stdout' ? stdout : stderr;
    const written = new Promise<void>((resolve) => void sink.write(Uint8Array.from(payload), resolve));
    // The daemon may send more when its last bytes have left this process.
    writes.push(written.then(() => daemon.send(encodeAck(terminal, payload.length))));
  });

  const { terminal } = await daemon.call('terminal.open', params).catch((error: unknown) => {
    hush();
    deafen();
    throw error;
  });
  opened(terminal);

  const type = (payload: Buffer) => {
    unacknowledged += payload.length;
    daemon.send(encodeFrame({ kind: 'stdin', terminal, payload }));
    if (unacknowledged > terminalWindow) stdin.pause();
  };
  const end = () => void daemon.call('terminal.end', { terminal }).catch(() => {});
  const acknowledged = (count: number) => {
    unacknowledged -= count;
    if (unacknowledged <= terminalWindow / 2) stdin.resume();
  };
  stdin.on('data', type);
  stdin.on('end', end);
  let over: Exit | Left | undefined;
  try {
    over = await Promise.race([exited, left, daemon.lost]);
    if (!('exitCode' in over)) {
      void daemon.call('terminal.close', { terminal }).catch(() => {});
      return over;
    }
    await Promise.all(writes);
    return { exitCode: over.exitCode, signal: over.signal };
  } finally {
    // Terminals that the same connection opens later are not this one's.
    hush();
    deafen();
    stdin.off('data', type);
    stdin.off('end', end);
    if (over === undefined || 'exitCode' in over) stdin.destroy();
  }
}
