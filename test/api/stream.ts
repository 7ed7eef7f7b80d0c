import type { Stream } from '../../src/core/ports.ts';

/** A stream that a test controls: it records the calls, and emits output and an end on demand. */
export interface FakeStream extends Stream {
  written: Uint8Array[];
  notices: string[];
  say(stream: 'stdout' | 'stderr', text: string | Uint8Array): void;
  exit(exitCode: number | null, signal: string | null): void;
}

export function fakeStream(): FakeStream {
  let data: Parameters<Stream['onData']>[0] = () => {};
  let ended: Parameters<Stream['onExit']>[0] = () => {};
  const written: Uint8Array[] = [];
  const notices: string[] = [];
  return {
    written,
    notices: notices,
    say: (stream, text) => data(stream, typeof text === 'string' ? new TextEncoder().encode(text) : text),
    exit: (exitCode, signal) => ended(exitCode, signal),
    onData: (listener) => {
      data = listener;
    },
    onExit: (listener) => {
      ended = listener;
    },
    write: (bytes) => {
      written.push(Uint8Array.from(bytes));
    },
    end: () => notices.push('end'),
    resize: (columns, rows) => notices.push(`resize ${columns}x${rows}`),
    pause: () => notices.push('pause'),
    resume: () => notices.push('resume'),
    close: () => {
      notices.push('close');
      ended(null, 'SIGHUP');
    },
  };
}
