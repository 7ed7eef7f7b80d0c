import type { ReadStream } from 'node:tty';

/** Every key goes to the node, Ctrl-C too. The returned function restores the terminal; so does every way out. */
export function rawTerminal(stdin: ReadStream): () => void {
  const restore = () => {
    stdin.setRawMode(false);
    process.off('exit', restore);
    for (const signal of deadly) process.off(signal, leave);
  };
  const leave = (signal: NodeJS.Signals) => {
    restore();
    process.kill(process.pid, signal);
  };
  process.on('exit', restore);
  for (const signal of deadly) process.on(signal, leave);
  stdin.setRawMode(true);
  return restore;
}

const deadly: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];
