import { readFileSync } from 'node:fs';
import { withDaemon } from '../support/daemon.ts';
import type { Random } from '../support/topology/random.ts';
import { answered, clientOf, type Part } from './part.ts';

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
