import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The cluster as one file: a machine sees neither the sources nor the node modules. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, 'main.ts'),
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rolldownOptions: { output: { entryFileNames: 'cluster.js' } },
  },
});
