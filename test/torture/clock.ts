import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDaemon } from '../support/daemon.ts';
import { clientOf, type Part, result } from './part.ts';

// /usr/lib has a directory for each processor.
const [library] = globSync('/usr/lib/*-linux-gnu/faketime/libfaketime.so.1');

/** The daemon's clock is set forward and back by up to a year: sessions go on, in their order, also after a kill. */
export const clock: Part = {
  name: 'clock',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      assert(library !== undefined, 'there is no libfaketime');
      const directory = mkdtempSync(join(tmpdir(), 'hoplab-clock-'));
      const offset = join(directory, 'offset');
      const set = (seconds: number) => writeFileSync(offset, `${seconds < 0 ? '' : '+'}${seconds}\n`);
      const faked = {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: offset,
        FAKETIME_CACHE_DURATION: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      try {
        set(0);
        await daemon.start(faked);
        let client = await clientOf(daemon);
        const ids: string[] = [];
        for (let round = 0; round < most && goesOn(); round++) {
          const seconds = (random.below(2) * 2 - 1) * random.below(365 * 86_400);
          await tally.attempt(`round ${round}, ${seconds} s`, async () => {
            set(seconds);
            ids.push((await result(client, 'sessions.start', { lab: 'switching' })).id);
            if (ids.length > 3) await result(client, 'sessions.stop', { session: ids.shift() ?? '' });
            const session = random.pick(ids);
            await result(client, 'steps.apply', { session });
            await result(client, 'checks.run', { session });
            await result(client, 'path.trace', { session, from: 'host', to: '127.0.0.1' });
            if (random.chance(0.5)) {
              await daemon.kill('SIGKILL');
              await daemon.start(faked);
              client = await clientOf(daemon);
            }
            const { sessions } = await result(client, 'sessions.list', {});
            const listed = sessions.map(({ id }) => id).filter((id) => ids.includes(id));
            if (listed.join() !== ids.join()) throw new Error(`${listed} instead of ${ids}`);
          });
        }
      } finally {
        rmSync(directory, { recursive: true });
      }
    }),
};
