import { styleText } from 'node:util';
import type { Client } from '../../client/client.ts';
import { widest } from '../../protocol/connection.ts';
import type { NotificationParams } from '../../protocol/notifications.ts';
import type { Cli } from '../cli.ts';
import { type Failure, failureOf } from '../failure.ts';
import { attach } from './attach.ts';
import { keepBareNewlines } from './bare-newlines.ts';
import { exitCodeOf } from './exit-code.ts';
import { terminalModes } from './modes.ts';
import { rawTerminal } from './raw.ts';

interface Left {
  left: NotificationParams<'terminal.left'>['how'];
}

/** Milliseconds without a key after which nobody is in the midst of a line. */
const calm = 700;

/** Nothing comes after these. */
const final: readonly Left['left'][] = ['gone', 'stopped'];

/**
 * One shell after the other in a node, each in the session's current machine. A notice reports another
 * machine in its place, and no input from before that notice reaches the new machine, nor the shell around
 * this program.
 */
export async function shells(
  cli: Cli,
  daemon: Client,
  params: { session?: string; node?: string },
): Promise<number> {
  const { stdin, stdout } = process;
  const { words } = cli;
  // Another session may become the current one meanwhile.
  const { id } = await daemon.call('sessions.get', cli.session);
  const step = () => daemon.call('sessions.get', { session: id }).then((session) => session.step);
  // One that says it is larger (of a script, or a window on a wall) still gets its shell.
  const size = () => ({
    columns: Math.min(stdout.columns || 80, widest),
    rows: Math.min(stdout.rows || 24, widest),
  });
  const keep = keepBareNewlines();
  const modes = terminalModes();
  const screen = {
    write: (bytes: Uint8Array, written: () => void) => {
      modes.read(bytes);
      stdout.write(keep(bytes), written);
    },
  };
  const say = (text: string) =>
    stdout.write(`${modes.leave()}\r\n${styleText('yellow', `-- ${text} --`)}\r\n`);
  let terminal = 0;
  let { node } = params;
  const opened = (number: number) => {
    terminal = number;
  };
  const resize = () => void daemon.call('terminal.resize', { terminal, ...size() }).catch(() => {});
  const once = () => {
    const after = terminal;
    const left = new Promise<Left>((resolve) =>
      daemon.on('terminal.left', ({ terminal, how }) => terminal > after && resolve({ left: how })),
    );
    const ends = { stdin, stdout: screen, stderr: screen };
    const place = node === undefined ? {} : { node };
    return attach(daemon, { ...place, session: id, pty: size() }, ends, { opened, left, after });
  };
  const restore = rawTerminal(stdin);
  stdout.on('resize', resize);
  try {
    let over = await once();
    while ('left' in over) {
      await report(over.left);
      if (final.includes(over.left)) return await leave(1);
      // The node may not be there, or not yet.
      const next = await once().catch(elsewhere);
      if (next === null) return 1;
      if ('document' in next) {
        say(next.text);
        return await leave(next.exit);
      }
      over = next;
    }
    return exitCodeOf(over);
  } catch (error) {
    stdout.write(modes.leave());
    throw error;
  } finally {
    restore();
    stdin.destroy();
    stdout.off('resize', resize);
  }

  /** A node that a learner had made is not in the new machine: its host is, where it can be made again. */
  async function elsewhere(error: unknown): Promise<Awaited<ReturnType<typeof once>> | Failure | null> {
    const failure = failureOf(error, words);
    if (node === undefined || failure?.document.error.code !== 'node-not-found') return failure;
    say(words.shell.nodeGone(node));
    node = undefined;
    return once().catch((again: unknown) => failureOf(again, words));
  }

  async function report(how: Left['left']): Promise<void> {
    // Of a session that was stopped meanwhile, the next shell says so.
    const at = final.includes(how) ? '' : await step().catch(() => null);
    if (at !== null) say(words.shell.at(id, node ?? 'host', words.shell.left[how](at)));
  }

  /** Discards input typed before the learner has read the notice: of a line in the making all that follows too. */
  function leave(exit: number): Promise<number> {
    say(words.shell.key);
    return new Promise((resolve) => {
      stdin.resume();
      let quiet: NodeJS.Timeout | undefined;
      stdin.on('data', () => {
        clearTimeout(quiet);
        quiet = setTimeout(() => resolve(exit), calm);
      });
      daemon.lost.catch(() => resolve(exit));
    });
  }
}
