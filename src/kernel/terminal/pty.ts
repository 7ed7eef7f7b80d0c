import { constants } from 'node:os';
import type { ReadStream } from 'node:tty';
import { spawn } from '@lydell/node-pty';
import type { Stream } from '../../core/ports.ts';
import { environment } from '../exec/launch.ts';
import { createPtyInput } from './pty-input.ts';

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
  // node-pty has both, but does not declare them.
  const { fd, _socket: socket } = pty as unknown as { fd: number; _socket: ReadStream };
  const write = createPtyInput(fd, () => socket.destroyed);
  return {
    // With `encoding: null` node-pty hands out Buffers, whatever its types say.
    onData: (listener) => void pty.onData((data) => listener('stdout', data as unknown as Uint8Array)),
    onExit: (listener) =>
      void pty.onExit(({ exitCode, signal }) => listener(signal ? null : exitCode, signalName(signal))),
    write,
    // Control-D: end of input for a program that reads the terminal in lines.
    end: () => void write(Buffer.of(0x04)),
    resize: (width, height) => socket.destroyed || pty.resize(width, height),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    close: () => {
      pty.kill('SIGHUP');
      // A stopped one hears it only then.
      pty.kill('SIGCONT');
    },
  };
}

function signalName(signal: number | undefined): string | null {
  if (!signal) return null;
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? String(signal);
}
