import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDaemon } from '../support/daemon.ts';
import type { Random } from '../support/topology/random.ts';
import { answered, clientOf, type Part, result } from './part.ts';

const place = new URL('../../labs/switching-routing/switching/', import.meta.url);
const sound = Object.fromEntries(
  ['lab.yaml', 'en.md', 'ko.md'].map((name) => [name, readFileSync(new URL(name, place), 'utf8')]),
);

/** Changed lab files: lint answers each, and other requests meanwhile. */
export const labs: Part = {
  name: 'labs',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      const client = await clientOf(daemon);
      const other = await clientOf(daemon);
      for (let round = 0; round < most && goesOn(); round++) {
        const name = random.pick(Object.keys(sound));
        const files = { ...sound, [name]: spoilt(sound[name] ?? '', random) };
        await tally.attempt(`${round} ${name}`, async () => {
          const linted = answered(client, 'labs.lint', { files }, 120);
          const began = performance.now();
          await answered(other, 'sessions.list', {}, 60);
          const waited = performance.now() - began;
          if (waited > 10_000) throw new Error(`another client waited ${Math.round(waited)} ms`);
          await linted;
        });
      }
    }),
};

/** Milliseconds in which a daemon must have begun, whatever the labs of others are. */
const longestStart = 120_000;

/** A daemon on a directory of spoilt labs: it begins, says what is broken, and the sound lab beside can be played. */
export const labDirectories: Part = {
  name: 'lab-directories',
  run: async ({ random, most, goesOn, tally }) => {
    for (let round = 0; round < most && goesOn(); round++) {
      const directory = mkdtempSync(join(tmpdir(), 'hoplab-labs-'));
      const made = hostileDirectory(directory, random);
      await tally.attempt(`${round} ${made.join(', ')}`, () =>
        withDaemon(
          async (daemon) => {
            const late = setTimeout(() => void daemon.kill('SIGKILL'), longestStart);
            await daemon.start().finally(() => clearTimeout(late));
            const client = await clientOf(daemon);
            const { labs, broken } = await result(client, 'labs.list', {});
            if (!labs.some(({ id }) => id === 'sound-one')) throw new Error('the sound lab is missing');
            if (broken.length === 0) throw new Error('nothing is broken');
            const { id: session } = await result(client, 'sessions.start', { lab: 'sound-one' });
            await result(client, 'checks.run', { session });
          },
          { HOPLAB_LABS: directory },
        ),
      );
      rmSync(directory, { recursive: true });
    }
  },
};

/** What stands in place of a lab or of a file of one. */
const oddities: Record<string, (path: string) => void> = {
  fifo: (path) => execFileSync('mkfifo', [path]),
  'link to itself': (path) => symlinkSync(path, path),
  'link to a device': (path) => symlinkSync('/dev/zero', path),
  'link upwards': (path) => symlinkSync('..', path),
  directory: (path) => mkdirSync(path),
  'empty file': (path) => writeFileSync(path, ''),
  'large file': (path) => writeFileSync(path, '#'.repeat(5_000_000)),
  'no text': (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 0x80, 10])),
};

/** @returns what it holds beside the sound lab */
function hostileDirectory(root: string, random: Random): string[] {
  const write = (place: string, files: Record<string, string>) => {
    mkdirSync(join(root, place), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, place, name), text);
  };
  const named = (id: string): Record<string, string> => ({
    ...sound,
    'lab.yaml': (sound['lab.yaml'] ?? '').replace(/^id: .*$/m, `id: ${id}`),
  });
  write('track/sound', named('sound-one'));
  // Always broken, so that the report is compared with something.
  write('track/none', { 'lab.yaml': '[' });
  return Array.from({ length: 2 + random.below(6) }, (_, at) => {
    const odd = random.pick(Object.keys(oddities));
    const name = random.pick([...Object.keys(sound), 'track.yaml']);
    // A track has its file beside its labs.
    const place = name === 'track.yaml' ? `track-${at}` : `track/lab-${at}`;
    const files = Object.entries(named(`lab-${at}`)).filter(([other]) => other !== name);
    write(`track-${at}/lab`, Object.fromEntries(files));
    write(place, Object.fromEntries(files));
    if (random.chance(0.5)) {
      write(place, { [name]: spoilt(sound[name] ?? 'title: { en: A, ko: A }\nlabs: [lab]\n', random) });
      return `spoilt ${name}`;
    }
    const whole = random.chance(0.3);
    oddities[odd]?.(join(root, whole ? `track/whole-${at}` : `${place}/${name}`));
    return `${odd} in place of ${whole ? 'a lab' : name}`;
  });
}

const pieces = [
  '[',
  '{',
  '- ',
  '? ',
  '&a ',
  '*a',
  '!!binary ',
  '|',
  '> ',
  '```',
  '#',
  '`',
  '<!--',
  '\t',
  '"',
  ': ',
];

function spoilt(text: string, random: Random): string {
  const at = random.below(text.length);
  const rest = at + random.below(300);
  const lines = text.split('\n');
  return random.pick([
    () => text.slice(0, at) + random.pick(pieces).repeat(1 + random.below(3000)) + text.slice(at),
    () => text.slice(0, at) + text.slice(rest),
    () => text.slice(0, at) + text.slice(at, rest).repeat(1 + random.below(50)) + text.slice(rest),
    () => text.slice(0, at) + String.fromCharCode(random.below(0x3000)) + text.slice(at + 1),
    () => lines.toSpliced(random.below(lines.length), 1, random.pick(lines)).join('\n'),
    () =>
      text.replace(/\d+/g, (number) =>
        random.chance(0.1) ? random.pick(['-1', '1e99', '0', '"x"']) : number,
      ),
  ])();
}
