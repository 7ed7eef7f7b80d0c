import { readFileSync } from 'node:fs';
import t from 'tap';
import { kinds } from '../../src/core/check/kinds/index.ts';
import { jsonSchema } from '../../src/core/lab/json-schema.ts';
import { reasons } from '../../src/core/verdict/reasons.ts';

/** labs/README.md, from `# Reference` on. */
const readme = readFileSync('labs/README.md', 'utf8');
const reference = readme.slice(readme.indexOf('\n# Reference'));

/** First cells of the tables in a section, where they are one word of code. */
function rows(heading: string): string[] {
  const [section = ''] = reference.split(`\n${heading}\n`)[1]?.split(/\n##? /) ?? [];
  return [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => name);
}

t.test('the reference lists every reason once', async (t) => {
  t.strictSame(rows('### Reasons').toSorted(), [...reasons].sort());
});

t.test('the reference lists every kind of check once', async (t) => {
  const [checks = ''] = reference.split('\n## Checks\n')[1]?.split('\n### ') ?? [];
  const listed = [...checks.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => name);
  t.strictSame(listed.sort(), Object.keys(kinds).sort());
});

/** Every key of a JSON Schema, wherever it is. */
function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(keysOf)];
}

for (const file of ['lab', 'track'] as const) {
  t.test(`the reference has every key of ${file}.yaml`, async (t) => {
    const keys = [...new Set(keysOf(jsonSchema(file)))];
    t.ok(keys.length > 3, 'keys are found');
    const named = (key: string) =>
      new RegExp(`\`(?:[\\w.[\\]]+\\.)?${key}\`|\\b${key}:|[{,] ${key}\\b[^\`]*\``).test(reference);
    t.strictSame(
      keys.filter((key) => !named(key)),
      [],
    );
  });
}
