import { join } from 'node:path';
import { defineConfig } from 'vite';

/**
 * The cluster as one file, what starts the one of real components and the stand-in for weave as others: a machine sees neither the sources nor the
 * node modules.
 */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rolldownOptions: {
      input: {
        cluster: join(import.meta.dirname, 'main.ts'),
        real: join(import.meta.dirname, 'real/main.ts'),
        weave: join(import.meta.dirname, 'weave/main.ts'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
});
