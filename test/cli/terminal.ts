import * as pty from '@lydell/node-pty';
import { environment, main, node } from './hoplab.ts';

/** A terminal of the VM in which a line is run, with `$HOPLAB` for the command line. */
export interface Terminal {
  type(text: string): void;
  /** The output since the last call, once it matches. */
  until(wanted: RegExp): Promise<string>;
  /** Its program has ended. */
  ended: Promise<void>;
}

export function terminal(line: string, env: Record<string, string>, shell = 'sh'): Terminal {
  const hoplab = `${node.join(' ')} ${main}`;
  const child = pty.spawn(shell, ['-c', line.replaceAll('$HOPLAB', hoplab)], {
    ...{ cols: 120, rows: 24 },
    env: environment({ ...env, TERM: 'xterm' }),
  });
  let output = '';
  let look = () => {};
  child.onData((text) => {
    output += text;
    look();
  });
  return {
    ended: new Promise((resolve) => child.onExit(() => resolve())),
    type: (text) => child.write(text),
    until: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (!wanted.test(output)) return;
          const text = output;
          output = '';
          look = () => {};
          resolve(text);
        };
        look();
      }),
  };
}
