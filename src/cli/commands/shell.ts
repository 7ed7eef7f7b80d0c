import type { Cli } from '../cli.ts';
import { SpokenError } from '../spoken-error.ts';
import { attach } from '../terminal/attach.ts';
import { keepBareNewlines } from '../terminal/bare-newlines.ts';
import { exitCodeOf } from '../terminal/exit-code.ts';
import { rawTerminal } from '../terminal/raw.ts';

/** An interactive shell in a node. Where input is no terminal, its lines are run and its end is the shell's. */
export async function shell(cli: Cli, node: string | undefined): Promise<number> {
  if (cli.json) throw new SpokenError('argument-invalid', cli.words.usage.noJson);
  const daemon = await cli.daemon();
  const { stdin, stdout } = process;
  const interactive = stdin.isTTY && stdout.isTTY;
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const params = {
    ...cli.session,
    ...(node === undefined ? {} : { node }),
    pty: interactive ? size() : null,
  };
  if (!interactive) return exitCodeOf(await attach(daemon, params, process));

  const keep = keepBareNewlines();
  const screen = {
    write: (bytes: Uint8Array, written: () => void) => stdout.write(keep(bytes), written),
  };
  const restore = rawTerminal(stdin);
  try {
    const opened = (terminal: number) => {
      stdout.on('resize', () => void daemon.call('terminal.resize', { terminal, ...size() }).catch(() => {}));
    };
    return exitCodeOf(await attach(daemon, params, { stdin, stdout: screen, stderr: screen }, opened));
  } finally {
    restore();
    stdout.removeAllListeners('resize');
  }
}
