import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

const root = join(import.meta.dirname, '../..');
/** Used without their names: the types of a parsed tree and of its grammar by declarations, extensions by kind. */
const published = /iptables-parser-ts\/src\/(tree|node-types|grammar|matches\/.+|targets\/.+)\.ts$/;
const declaration = /^export (?:declare )?(?:async )?(?:function|const|let|class|interface|type)\*? (\w+)/gm;

const files = ['src', 'test', 'scripts'].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (path) => /node_modules|dist/.test(path) }),
);

t.test('another file uses each export of src', async (t) => {
  const words = new Map(
    files.map((path) => [path, new Set(readFileSync(join(root, path), 'utf8').match(/\w+/g))]),
  );
  const users = (name: string) => files.filter((path) => words.get(path)?.has(name)).length;
  const exported = files
    .filter((path) => path.startsWith('src/') && !path.includes('/test/') && !published.test(path))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(declaration)].map(([, name = '']) => ({
        path,
        name,
      })),
    );
  t.ok(exported.length > 1000, `${exported.length} exports`);
  t.same(
    exported.filter(({ name }) => users(name) < 2),
    [],
  );
});
