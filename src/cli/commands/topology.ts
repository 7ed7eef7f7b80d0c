import type { Cli } from '../cli.ts';
import { topologyText } from '../print/topology.ts';

export async function topology(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const observation = await daemon.call('topology.get', cli.session);
  cli.print(observation, () => topologyText(observation, cli.words.topology));
}
