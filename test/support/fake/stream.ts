import type { Stream } from '../../../src/core/ports.ts';
import type { CommandResult } from './commands.ts';

/** A command with plain pipes: a line that is carried out at once, `cat`, or (null) a shell that waits for its end. */
export function streamOf(line: string | null, carryOut: (line: string) => CommandResult): Stream {
  const data: Parameters<Stream['onData']>[0][] = [];
  const exit: Parameters<Stream['onExit']>[0][] = [];
  const tell = (stream: 'stdout' | 'stderr', text: string) => {
    if (text !== '') for (const listener of data) listener(stream, Buffer.from(text));
  };
  const over = (code: number | null, signal: string | null) => {
    for (const listener of exit.splice(0)) listener(code, signal);
  };
  const waits = line === null || line === 'cat';
  if (!waits)
    setImmediate(() => {
      const { stdout, stderr, exitCode } = carryOut(line);
      tell('stdout', stdout);
      tell('stderr', stderr);
      over(exitCode, null);
    });
  return {
    onData: (listener) => void data.push(listener),
    onExit: (listener) => void exit.push(listener),
    write: (bytes) => {
      const text = Buffer.from(bytes).toString();
      setImmediate(() => tell('stdout', text));
    },
    end: () => void (waits && setImmediate(() => over(0, null))),
    resize: () => {},
    pause: () => {},
    resume: () => {},
    close: () => void setImmediate(() => over(null, 'SIGHUP')),
  };
}
