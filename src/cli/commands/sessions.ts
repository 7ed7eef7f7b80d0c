import { styleText } from 'node:util';
import type { Cli } from '../cli.ts';
import { table } from '../print/table.ts';

export async function sessions(cli: Cli): Promise<undefined> {
  const { words } = cli;
  const daemon = await cli.daemon();
  const result = await daemon.call('sessions.list', {});
  const rows = result.sessions.map(({ id, lab, step, steps, machine }) => [
    id === result.current ? '*' : ' ',
    styleText('bold', id),
    lab,
    step,
    words.sessions.done(steps.filter(({ doneAt, shown }) => doneAt !== null && !shown).length, steps.length),
    machine.state === 'ready' ? words.sessions.ready : styleText('red', words.sessions.gone),
  ]);
  cli.print(result, () => (rows.length === 0 ? words.sessions.none : table(rows, words.sessions.head)));
}

export async function use(cli: Cli, session: string): Promise<undefined> {
  const daemon = await cli.daemon();
  const snapshot = await daemon.call('sessions.use', { session });
  cli.print(snapshot, () => cli.words.sessions.using(snapshot.id));
}
