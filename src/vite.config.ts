import { randomUUID } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const dist = join(import.meta.dirname, 'dist');

/** Modules find files beside their source: programs of other languages, the labs, the built page. */
const atTheirSource: Plugin = {
  name: 'at-their-source',
  transform(code, id) {
    if (!id.startsWith(import.meta.dirname) || !code.includes('import.meta')) return null;
    return code
      .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${relative(dist, dirname(id))}')`)
      .replaceAll('import.meta.url', `new URL('${relative(dist, id)}', import.meta.url)`);
  },
};

/** The daemon in one file: to find and strip six hundred takes longer than all else at its start. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [atTheirSource],
  define: { BUILD: JSON.stringify(randomUUID()) },
  ssr: { noExternal: true, external: ['@lydell/node-pty'] },
  build: {
    ssr: join(import.meta.dirname, 'main.ts'),
    outDir: dist,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      output: {
        ...{ entryFileNames: 'main.js', codeSplitting: false, comments: false },
        // One character outside of Latin-1 makes V8 hold the whole text in two bytes a character.
        minify: { mangle: false, compress: false, codegen: { removeWhitespace: false, asciiOnly: true } },
      },
    },
  },
});
