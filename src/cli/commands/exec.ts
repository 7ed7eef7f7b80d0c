import type { Cli } from '../cli.ts';
import { attach } from '../terminal/attach.ts';
import { exitCodeOf } from '../terminal/exit-code.ts';

/** Runs one command in a node with this process's own streams. */
export async function exec(cli: Cli, node: string, argv: string[]): Promise<number> {
  const daemon = await cli.daemon();
  const params = { ...cli.session, node, argv, pty: null };
  if (!cli.json) return exitCodeOf(await attach(daemon, params, process));

  const kept = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const keep = (stream: keyof typeof kept) => ({
    write(bytes: Uint8Array, written: () => void) {
      kept[stream].push(bytes);
      written();
    },
  });
  const { stdin } = process;
  const end = await attach(daemon, params, { stdin, stdout: keep('stdout'), stderr: keep('stderr') });
  const text = (chunks: Uint8Array[]) => Buffer.concat(chunks).toString();
  cli.print({ ...end, stdout: text(kept.stdout), stderr: text(kept.stderr) }, () => '');
  return exitCodeOf(end);
}
