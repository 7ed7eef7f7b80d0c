import type { Cli } from '../cli.ts';
import { entered } from '../print/entered.ts';
import { progressBar } from '../print/progress.ts';

export async function goto(cli: Cli, step: string): Promise<undefined> {
  await replaced(cli, async (progress) => {
    const daemon = await cli.daemon();
    return daemon.call('sessions.goto', { ...cli.session, step, progress });
  });
}

export async function reset(cli: Cli): Promise<undefined> {
  await replaced(cli, async (progress) => {
    const daemon = await cli.daemon();
    return daemon.call('sessions.reset', { ...cli.session, progress });
  });
}

export async function reboot(cli: Cli): Promise<undefined> {
  await replaced(cli, async (progress) => {
    const daemon = await cli.daemon();
    return daemon.call('sessions.reboot', { ...cli.session, progress });
  });
}

export async function undo(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const snapshot = await daemon.call('sessions.undo', cli.session);
  cli.print(snapshot, () => `${cli.words.sessions.undone}\n${entered(snapshot, cli)}`);
}

type Snapshot = Parameters<typeof entered>[0];

async function replaced(cli: Cli, work: (progress: string) => Promise<Snapshot>): Promise<void> {
  const daemon = await cli.daemon();
  const bar = progressBar(!cli.json);
  daemon.on('progress', ({ done, total, message }) => bar.show(done, total, message));
  const snapshot = await work('rewind').finally(bar.clear);
  cli.print(snapshot, () => entered(snapshot, cli));
}
