import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * A module that imports node:http has Node read every export of it, and with WebSocket, fetch's events and the like
 * the whole of undici: a quarter of the processor time until the program's first line. So the bundle takes only what
 * it uses.
 */
const lazyHttp: Plugin = {
  name: 'lazy-http',
  enforce: 'pre',
  resolveId: (id) => (id === 'node:http' ? '\0node:http' : null),
  load: (id) =>
    id === '\0node:http'
      ? "export const { createServer, request } = process.getBuiltinModule('node:http');"
      : null,
};

/**
 * The cluster as one file, what starts the one of real components and the stand-in for weave as others: a machine sees neither the sources nor the
 * node modules.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [lazyHttp],
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
