import type { Client } from '../../client/client.ts';
import type { ClusterEngine } from '../../protocol/values/cluster-engines.ts';
import type { Cli } from '../cli.ts';
import { locationText } from '../print/location-text.ts';
import { progressBar } from '../print/progress.ts';
import { isDone } from './labs.ts';

export async function start(
  cli: Cli,
  lab: string,
  { step, engine }: { step?: string; engine?: ClusterEngine },
): Promise<undefined> {
  const daemon = await cli.daemon();
  const bar = progressBar(!cli.json);
  daemon.on('progress', ({ done, total, message }) => bar.show(done, total, message));
  const params = {
    lab,
    use: true,
    progress: lab,
    ...(step === undefined ? {} : { step }),
    ...(engine === undefined ? {} : { engine }),
  };
  const snapshot = await daemon.call('sessions.start', params).finally(bar.clear);
  const first = cli.json ? [] : await undone(daemon, lab);
  const before = first.map(({ id, title }) => ({ id, title: title[cli.language] }));
  const hint = before.length === 0 ? [] : [cli.words.labs.first(before)];
  cli.print(snapshot, () => [locationText(snapshot, cli), ...hint].join('\n'));
}

/** Labs that come before this one and are not done: a reason to warn, none to refuse. */
async function undone(daemon: Client, lab: string) {
  const { labs } = await daemon.call('labs.list', {});
  const wanted = labs.find(({ id }) => id === lab)?.prerequisites ?? [];
  return labs.filter((each) => wanted.includes(each.id) && !isDone(each));
}
