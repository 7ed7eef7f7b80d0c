import type { Duplex } from 'node:stream';
import type { ExecStreams } from '../pod-access.ts';
import { SpdyConnection, type SpdyStream } from '../spdy/connection.ts';
import { exitStatus, failure, sizeIn } from './exec.ts';

/** Which streams a client opens before the command begins: what it asked for. */
interface WantedStreams {
  stdin: boolean;
  stderr: boolean;
  tty: boolean;
}

/** kubectl exec and attach by SPDY (v4.channel.k8s.io): a stream for each, told apart by the header streamType. */
export function spdyStreamed(
  transport: Duplex,
  wanted: WantedStreams,
  run: (streams: ExecStreams, signal: AbortSignal) => Promise<number>,
): void {
  const end = new AbortController();
  const names = [
    ...['error', 'stdout'],
    ...(wanted.stdin ? ['stdin'] : []),
    ...(wanted.stderr && !wanted.tty ? ['stderr'] : []),
    ...(wanted.tty ? ['resize'] : []),
  ];
  const streams = new Map<string, SpdyStream>();
  const connection = new SpdyConnection(transport, (stream) => {
    streams.set(stream.headers.get('streamtype') ?? '', stream);
    if (streams.size === names.length && names.every((name) => streams.has(name)))
      void served(streams, run, end.signal).then(() => connection.close());
  });
  void connection.closed.then(() => end.abort());
}

async function served(
  streams: ReadonlyMap<string, SpdyStream>,
  run: (streams: ExecStreams, signal: AbortSignal) => Promise<number>,
  signal: AbortSignal,
): Promise<void> {
  const [error, stdin, stdout, stderr] = ['error', 'stdin', 'stdout', 'stderr'].map((name) =>
    streams.get(name),
  );
  if (error === undefined || stdout === undefined) return;
  const given: ExecStreams = {
    ...(stdin === undefined ? {} : { stdin }),
    stdout,
    stderr: stderr ?? stdout,
    onResize: (listener) => streams.get('resize')?.on('data', (bytes: Buffer) => listener(sizeIn(bytes))),
  };
  const status = await run(given, signal).then(exitStatus).catch(failure);
  await Promise.all(
    [stdout, stderr].map((stream) => new Promise<void>((done) => (stream ? stream.end(done) : done()))),
  );
  await new Promise<void>((done) => error.end(JSON.stringify(status), done));
}
