import { constants } from 'node:os';
import { spawn } from '@lydell/node-pty';
import type { Stream } from '../../core/ports.ts';
import { environment } from '../exec/launch.ts';

/** A command on a pseudo-terminal of its own. */
export function openPty(argv: readonly string[], columns: number, rows: number): Stream {
  const [file = '', ...rest] = argv;
  const pty = spawn(file, rest, {
    cols: columns,
    rows,
    cwd: '/',
    encoding: null,
    env: { ...environment, TERM: 'xterm-256color', COLORTERM: 'truecolor' },
  });
  return {
    // With `encoding: null` node-pty hands out Buffers, whatever its types say.
    onData: (listener) => void pty.onData((data) => listener('stdout', data as unknown as Uint8Array)),
    onExit: (listener) =>
      void pty.onExit(({ exitCode, signal }) => listener(signal ? null : exitCode, signalName(signal))),
    write: (data) => pty.write(Buffer.from(data) as unknown as string),
    // Control-D: end of input for a program that reads the terminal in lines.
    end: () => pty.write('\x04'),
    resize: (width, height) => pty.resize(width, height),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    close: () => pty.kill('SIGHUP'),
  };
}

function signalName(signal: number | undefined): string | null {
  if (!signal) return null;
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? String(signal);
}
