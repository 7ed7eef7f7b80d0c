import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { languages } from '../core/language.ts';
import { pageWords } from './words/page-words.ts';

/** The text for a browser without scripts, in every language. */
const noScript: Plugin = {
  name: 'no-script',
  transformIndexHtml: (html) =>
    html.replace('%NO_SCRIPT%', languages.map((language) => pageWords[language].noScript).join(' / ')),
};

/**
 * The frame of the dots comes to no origin, and so gets no file of the page's: its script is in it, with its style, and
 * the daemon's policy names the script by its hash.
 */
const sandboxed: Plugin = {
  name: 'sandboxed',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { filename, bundle }) => {
      const entry = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.name === 'dots');
      if (!filename.endsWith('dots.html') || entry?.type !== 'chunk' || bundle === undefined) return html;
      if (entry.imports.length > 0) throw new Error(`dots.html would need ${entry.imports.join(', ')}`);
      delete bundle[entry.fileName];
      const code = entry.code.trim().replaceAll('</', '<\\/');
      return html
        .replace(/ *<(script|link)\b[^>]*>(<\/script>)?\n/g, '')
        .replace('</body>', () => `<script>${code}</script></body>`);
    },
  },
};

const dist = join(import.meta.dirname, 'dist');

/** Compressed once, here, instead of on every request. */
const compressed: Plugin = {
  name: 'compressed',
  async closeBundle() {
    for (const { name, parentPath } of await readdir(dist, { recursive: true, withFileTypes: true })) {
      if (!/\.(js|css|svg|html)$/.test(name)) continue;
      const path = join(parentPath, name);
      await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), noScript, sandboxed, compressed],
  // Nothing inlined: the page's policy allows files of its own only.
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One style sheet: later parts are then one file, which can be requested again if it did not come.
    cssCodeSplit: false,
    rolldownOptions: {
      input: ['index.html', 'dots.html'].map((name) => join(import.meta.dirname, name)),
    },
  },
});
