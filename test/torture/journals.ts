import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesIn, lineOf } from '../../src/session/journal-line.ts';
import { withDaemon } from '../support/daemon.ts';
import type { Random } from '../support/topology/random.ts';
import { clientOf, type Part, result } from './part.ts';

/** Journals of one start of the daemon. */
const atOnce = 100;

/** Changed journals and records beside a sound session: the daemon starts, and that session is as it was. */
export const journals: Part = {
  name: 'journals',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(
      async (daemon) => {
        await daemon.start();
        const first = await clientOf(daemon);
        const { id } = await result(first, 'sessions.start', { lab: 'switching' });
        await result(first, 'steps.apply', { session: id, step: 'all' }, 120);
        const before = await result(first, 'sessions.get', { session: id });
        await daemon.kill('SIGTERM');
        const directory = join(daemon.state, 'sessions');
        const sound = readFileSync(join(directory, `${id}.jsonl`), 'utf8');
        for (let done = 0; done < most && goesOn(); done += atOnce) {
          const files = Array.from({ length: Math.min(atOnce, most - done) }, (_, at) =>
            join(directory, `${nameOf(at)}.jsonl`),
          );
          for (const [at, file] of files.entries()) {
            // Now and then a copy of the sound one's, with its name and its machine.
            const text = random.chance(0.1) ? sound : renamed(sound, id, nameOf(at));
            writeFileSync(file, changed(text, random));
          }
          mkdirSync(join(daemon.run, 'handles'), { recursive: true });
          const records = ['machines', 'handles'].map((kind) => join(daemon.run, kind, 'zzzz.json'));
          for (const file of records) writeFileSync(file, changed('{"id":"zzzz","pid":1}', random));
          await tally.attempt(`journals ${done} to ${done + files.length}`, async () => {
            await daemon.start();
            const client = await clientOf(daemon);
            const { machine, step, lastEvent } = await result(client, 'sessions.get', { session: id });
            if (machine.state !== 'ready' || step !== before.step || lastEvent !== before.lastEvent)
              throw new Error(`the sound session is at ${step}, ${lastEvent}, ${machine.state}`);
            const { sessions } = await result(client, 'sessions.list', {});
            const others = sessions.filter((other) => other.id !== id);
            await Promise.all(
              others.map((other) => result(client, 'sessions.stop', { session: other.id }, 120)),
            );
          });
          tally.tried += files.length + records.length - 1;
          await daemon.kill('SIGTERM');
          for (const file of [...files, ...records])
            for (const end of ['', '.broken']) rmSync(`${file}${end}`, { recursive: true, force: true });
        }
        await daemon.start();
      },
      { HOPLAB_SESSIONS: '200' },
    ),
};

const nameOf = (at: number): string => `z${String(at).padStart(3, '0')}`;

/** A journal as that of another session. */
const renamed = (text: string, from: string, to: string): string =>
  text
    .split(/(?<=\n)/)
    .map((line) => lineOf(JSON.parse(JSON.stringify(entriesIn(line.trimEnd())).replaceAll(from, to))))
    .join('');

const values = [null, '', 0, -1, 1e300, '__proto__', '../../etc', [], {}, 'z'.repeat(10_000), true, '\u0000'];

function changed(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const rest = at + random.below(200);
  const lines = text.split(/(?<=\n)/);
  return random.pick([
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + text.slice(rest),
    () => text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1),
    () => text.slice(0, at) + '\0'.repeat(random.below(5000)) + text.slice(rest),
    () => lines.toSorted(() => random.next() - 0.5).join(''),
    () => lines.flatMap((line) => (random.chance(0.5) ? [line] : [line, line])).join(''),
    () => lines.map((line) => (random.chance(0.3) ? otherValue(line, random) : line)).join(''),
  ])();
}

/** A line of right form and checksum, with another value somewhere. */
function otherValue(line: string, random: Random): string {
  const entries = entriesIn(line.trimEnd());
  if (entries === null) return line;
  const put = (value: unknown): unknown => {
    if (random.chance(0.15)) return random.pick(values);
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, put(each)]));
  };
  return lineOf(put(entries) as typeof entries);
}
