import { encodeAck } from '../../protocol/frame.ts';
import type { Link } from './link.ts';

interface Hearing {
  take(piece: Uint8Array): void;
  /** With the last words of the program. */
  end(words: string): void;
}

/** What a program in a node writes, byte for byte, until it ends or the returned function is called. */
export function streamFrom(
  link: Link,
  { session, node, argv }: { session: string; node: string; argv: string[] },
  { take, end }: Hearing,
): () => void {
  const decoder = new TextDecoder();
  let words = '';
  let hush = () => {};
  let stopped = false;
  const finish = () => {
    hush();
    if (!stopped) end(words.trim().split('\n').at(-1) ?? '');
    stopped = true;
  };
  const opening = link.call('terminal.open', { session, node, argv });
  void opening.then(
    ({ terminal }) => {
      const unframe = link.onFrame(terminal, ({ kind, payload }) => {
        if (kind === 'stdout') take(payload.slice());
        if (kind === 'stderr') words = (words + decoder.decode(payload, { stream: true })).slice(-2000);
        link.send(encodeAck(terminal, payload.length));
      });
      const unexit = link.on('terminal.exit', (exit) => {
        if (exit.terminal === terminal) finish();
      });
      const unfollow = link.state.subscribe(() => {
        if (link.state.get() !== 'open') finish();
      });
      hush = () => {
        unframe();
        unexit();
        unfollow();
      };
      if (stopped) hush();
    },
    (error: Error) => {
      words = error.message;
      finish();
    },
  );
  return () => {
    stopped = true;
    hush();
    void opening.then(({ terminal }) => link.call('terminal.close', { terminal })).catch(() => {});
  };
}
