import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * Modules of node that libraries load for what most commands never do: TLS alone takes longer than all else at the
 * start of one. They are loaded when something of them is used.
 */
const late: Record<string, readonly string[]> = {
  ws: ['https', 'tls', 'zlib'],
  commander: ['child_process'],
};
const loadedLate: Plugin = {
  name: 'loaded-late',
  enforce: 'pre',
  resolveId(id, importer) {
    const name = id.replace(/^node:/, '');
    const library = /node_modules\/([^/]+)\/lib\//.exec(importer ?? '')?.[1] ?? '';
    return late[library]?.includes(name) ? `\0late:${name}` : null;
  },
  load(id) {
    if (!id.startsWith('\0late:')) return null;
    const name = id.slice('\0late:'.length);
    return `module.exports = new Proxy({}, { get: (_, key) => process.getBuiltinModule('${name}')[key] });`;
  },
};

/** wrap-ansi measures as we do (print/width.ts). */
const ownWidth: Plugin = {
  name: 'own-width',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === 'string-width' && importer?.includes('/wrap-ansi/') ? `\0${id}` : null,
  load: (id) =>
    id === '\0string-width'
      ? `export { width as default } from '${join(import.meta.dirname, 'print', 'width.ts')}';`
      : null,
};

/**
 * The command line in few files: to find and read four hundred takes longer than its work. CommonJS, since an import
 * of one of node's modules evaluates all that it exports, some of which loads others.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [loadedLate, ownWidth],
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, 'main.ts'),
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rolldownOptions: {
      output: { format: 'cjs', entryFileNames: 'hoplab.cjs', chunkFileNames: 'assets/[name]-[hash].cjs' },
    },
  },
});
