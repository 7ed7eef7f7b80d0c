import type { Stream } from '../../src/core/ports.ts';

/** A stream under a test's hand: what it was told, and levers for what it says. */
export interface FakeStream extends Stream {
  written: Uint8Array[];
  told: string[];
  say(stream: 'stdout' | 'stderr', text: string | Uint8Array): void;
  exit(exitCode: number | null, signal: string | null): void;
}

export function fakeStream(): FakeStream {
  let data: Parameters<Stream['onData']>[0] = () => {};
  let ended: Parameters<Stream['onExit']>[0] = () => {};
  const written: Uint8Array[] = [];
  const told: string[] = [];
  return {
    written,
    told,
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
    end: () => told.push('end'),
    resize: (columns, rows) => told.push(`resize ${columns}x${rows}`),
    pause: () => told.push('pause'),
    resume: () => told.push('resume'),
    close: () => {
      told.push('close');
      ended(null, 'SIGHUP');
    },
  };
}
