import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PcapngWriter } from '../../core/capture/pcapng-writer.ts';
import { tcpdump } from '../../core/capture/tcpdump.ts';
import type { Cli } from '../cli.ts';
import { attach } from '../terminal/attach.ts';
import { exitCodeOf } from '../terminal/exit-code.ts';
import { TranslatedError } from '../translated-error.ts';

interface CaptureOptions {
  write?: string;
  count?: string;
}

/** Packets of a node as pcapng, to a file or to standard output, until it is interrupted. */
export async function capture(
  cli: Cli,
  node: string,
  device: string | undefined,
  filter: string[],
  { write, count }: CaptureOptions,
): Promise<number> {
  const { usage, path } = cli.words;
  if (cli.json) throw new TranslatedError('argument-invalid', usage.noJson);
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count))
    throw new TranslatedError('argument-invalid', path.badCount(count), { count });
  if (write === undefined && process.stdout.isTTY)
    throw new TranslatedError('argument-invalid', path.toTerminal);
  const daemon = await cli.daemon();
  const { nodes } = await daemon.call('topology.get', cli.session);
  const links = nodes[node]?.links ?? [];
  const name = (index: number | null) =>
    `${node}:${index === null ? device : (links.find((link) => link.index === index)?.name ?? `if${index}`)}`;
  const writer = new PcapngWriter(
    `hoplab capture ${[node, device, ...filter].filter(Boolean).join(' ')}`,
    name,
  );
  const file = write === undefined ? null : createWriteStream(write);
  if (file !== null) await once(file, 'open');
  const out = file ?? process.stdout;
  const { promise: left, resolve: leave } = Promise.withResolvers<{ broken: true }>();
  const stdout = {
    write(bytes: Uint8Array, written: () => void) {
      const block = writer.take(bytes);
      if (writer.broken) leave({ broken: true });
      if (block.length === 0) written();
      else out.write(block, () => written());
    },
  };
  const { stdin, stderr } = process;
  const argv = tcpdump(device, filter, count);
  const end = await attach(
    daemon,
    { ...cli.session, node, argv, pty: null },
    { stdin, stdout, stderr },
    { left },
  );
  if (file !== null) {
    file.end();
    await once(file, 'close');
  }
  if ('broken' in end) {
    stdin.destroy();
    throw new TranslatedError('feature-missing', path.noCapture, { tool: 'tcpdump' });
  }
  return exitCodeOf(end);
}
