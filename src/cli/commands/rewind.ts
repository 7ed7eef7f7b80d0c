import type { Client } from '../../client/client.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { changesText, moveText } from '../print/changes.ts';
import { canAsk, confirm } from '../print/confirm.ts';
import { locationText } from '../print/location-text.ts';
import { progressBar } from '../print/progress.ts';

interface Options {
  yes?: boolean;
}

type Snapshot = Result<'sessions.get'>;

/** Which machine takes the place of the present one. */
interface Replacement {
  /** The params of `sessions.preview`. */
  preview: { step?: string; reboot?: true };
  call(daemon: Client, params: { session?: string; progress: string }): Promise<Snapshot>;
}

export const goto = (cli: Cli, step: string, options: Options) =>
  replaced(cli, options, {
    preview: { step },
    call: (daemon, params) => daemon.call('sessions.goto', { ...params, step }),
  });

export const reset = (cli: Cli, options: Options) =>
  replaced(cli, options, {
    preview: {},
    call: (daemon, params) => daemon.call('sessions.reset', params),
  });

export const reboot = (cli: Cli, options: Options) =>
  replaced(cli, options, {
    preview: { reboot: true },
    call: (daemon, params) => daemon.call('sessions.reboot', params),
  });

export async function undo(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const snapshot = await daemon.call('sessions.undo', cli.session);
  cli.print(snapshot, () => `${cli.words.sessions.undone}\n${locationText(snapshot, cli, false)}`);
}

/** Exit code 1 if the learner keeps the present machine. */
async function replaced(cli: Cli, { yes }: Options, to: Replacement): Promise<number> {
  const daemon = await cli.daemon();
  const asks = !yes && !cli.json && canAsk();
  const before = await daemon.call('sessions.get', cli.session);
  const session = { session: before.id };
  if (asks && !(await agreed(cli, daemon, before, to))) {
    process.stdout.write(`${cli.words.changes.untouched}\n`);
    return 1;
  }
  const bar = progressBar(!cli.json);
  daemon.on('progress', ({ done, total, message }) => bar.show(done, total, message));
  const snapshot = await to.call(daemon, { ...session, progress: 'rewind' }).finally(bar.clear);
  const changed = asks || cli.json ? [] : await whatChanged(cli, daemon, snapshot);
  cli.print(snapshot, () => [...changed, locationText(snapshot, cli)].join('\n'));
  return 0;
}

/** Prints the changes that another machine would make; asks only if something would be lost. */
async function agreed(cli: Cli, daemon: Client, before: Snapshot, { preview }: Replacement) {
  const { words, language } = cli;
  const { changes } = words;
  const bar = progressBar(true);
  bar.show(0, 1, changes.comparing);
  const previewed = await daemon
    .call('sessions.preview', { session: before.id, ...preview })
    .finally(bar.clear);
  const { step, gone, differences } = previewed;
  const lines = [
    ...moveText(before, step, words, language),
    ...(gone ? [changes.gone] : changesText(differences, words, [changes.lost, changes.gained])),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (gone || !differences.some(({ change }) => change === 'lost')) return true;
  process.stdout.write(`${[changes.kept, ...(before.canUndo ? [changes.second] : [])].join('\n')}\n`);
  return confirm(changes.ask, changes.yes);
}

/** The machine from before is there still, for undo: the two are compared, and no third is made for it. */
async function whatChanged({ words }: Cli, daemon: Client, { id, canUndo }: Snapshot): Promise<string[]> {
  if (!canUndo) return [];
  const { differences } = await daemon.call('sessions.preview', { session: id, undo: true });
  const turned = differences.map((each) => ({
    ...each,
    change: each.change === 'lost' ? ('gained' as const) : ('lost' as const),
  }));
  return changesText(turned, words, [words.changes.removed, words.changes.added]);
}
