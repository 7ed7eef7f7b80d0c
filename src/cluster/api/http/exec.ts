import { PassThrough, Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ApiObject } from '../../store/objects.ts';
import type { ExecOptions, ExecStreams } from '../pod-access.ts';
import { ApiError } from '../request/errors.ts';
import { isTrue } from '../request/path.ts';
import { numberOf, recordOf } from '../values.ts';
import { containerOf } from './log.ts';

/** The channels of one WebSocket: the first byte of a message is its channel. */
const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 };

/** kubectl exec and attach over a WebSocket (v4 and v5.channel.k8s.io). `run` resolves with the exit code. */
export async function streamed(
  socket: WebSocket,
  hasInput: boolean,
  run: (streams: ExecStreams, signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const end = new AbortController();
  const stdin = hasInput ? new PassThrough() : undefined;
  const resized: ((size: { columns: number; rows: number }) => void)[] = [];
  socket.on('message', (data: RawData) => {
    const message = bytesOf(data);
    const [first] = message;
    const rest = message.subarray(1);
    if (first === channel.stdin) stdin?.write(rest);
    else if (first === channel.close && rest[0] === channel.stdin) stdin?.end();
    else if (first === channel.resize) {
      const size = sizeIn(rest);
      for (const listener of resized) listener(size);
    }
  });
  socket.once('close', () => end.abort());
  socket.on('error', () => end.abort());
  const out = (number: number) =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (socket.readyState === socket.OPEN) socket.send(framed(number, chunk), () => done());
        else done();
      },
    });
  const streams = {
    ...(stdin === undefined ? {} : { stdin }),
    stdout: out(channel.stdout),
    stderr: out(channel.stderr),
    onResize: (listener: (typeof resized)[number]) => resized.push(listener),
  };
  const status = await run(streams, end.signal).then(exitStatus).catch(failure);
  if (socket.readyState !== socket.OPEN) return;
  socket.send(framed(channel.error, Buffer.from(JSON.stringify(status))), () => socket.close(1000));
}

export function execOptions(pod: ApiObject, query: URLSearchParams): ExecOptions & { stdin: boolean } {
  return {
    container: containerOf(pod, query.get('container')),
    command: query.getAll('command'),
    tty: isTrue(query.get('tty')),
    stdin: isTrue(query.get('stdin')),
  };
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function framed(number: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([number]), data]);
}

export function sizeIn(message: Buffer): { columns: number; rows: number } {
  try {
    const { Width, Height } = recordOf(JSON.parse(message.toString('utf8')));
    return { columns: numberOf(Width), rows: numberOf(Height) };
  } catch {
    return { columns: 80, rows: 24 };
  }
}

/** The status of a command's end: kubectl takes its own exit code from it. */
export function exitStatus(code: number): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

export function failure(error: unknown): object {
  if (error instanceof ApiError) return error.status;
  const message = error instanceof Error ? error.message : String(error);
  return { metadata: {}, status: 'Failure', message, reason: 'InternalError', code: 500 };
}
