import { styleText } from 'node:util';
import type { Cli } from '../cli.ts';
import { table } from '../print/table.ts';

/** Names of nodes for the VM's own tools. */
export async function expose(cli: Cli, node: string | undefined): Promise<undefined> {
  const daemon = await cli.daemon();
  const result = await daemon.call('topology.expose', {
    ...cli.session,
    ...(node === undefined ? {} : { node }),
  });
  const rows = result.handles.map((each) => [
    styleText('bold', each.node),
    `ip netns exec ${styleText('cyan', each.name)} ...`,
  ]);
  cli.print(result, () => [table(rows), '', cli.words.topology.exposed].join('\n'));
}
