import { chmod, rm } from 'node:fs/promises';
import t from 'tap';
import { mustBeReachable } from '../../src/run-directory.ts';
import { Daemon } from '../support/daemon.ts';

t.test('a run directory that machines cannot reach is refused as the daemon starts', async (t) => {
  const daemon = await Daemon.make();
  t.teardown(() => rm(daemon.directory, { recursive: true }));
  await chmod(daemon.directory, 0o700);
  const words = new RegExp(`machines cannot reach it, for ${daemon.directory} lets only its owner through`);
  await t.rejects(daemon.start(), words);
  await chmod(daemon.directory, 0o711);
  await mustBeReachable(daemon.run);
});
