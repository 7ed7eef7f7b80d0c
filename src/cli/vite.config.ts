import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The command line in few files: to find and read four hundred takes longer than its work. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, 'main.ts'),
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rolldownOptions: { output: { entryFileNames: 'hoplab.js' } },
  },
});
