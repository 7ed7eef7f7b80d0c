/**
 * Makes dist/ a package to publish: JavaScript and types from src/, and the files that npm shows with them.
 * Run by `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const here = (path: string): URL => new URL(path, import.meta.url);

/** tsc leaves the .ts of imports in declarations; the published package has no .ts files. */
function nameJavaScript(folder: URL): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const url = new URL(file, folder);
    writeFileSync(url, readFileSync(url, 'utf8').replace(/(from '[^']+)\.ts'/g, "$1.js'"));
  }
}

rmSync(here('dist'), { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: here('.'), stdio: 'inherit' });
nameJavaScript(here('dist/'));

const {
  scripts: _,
  files: __,
  exports: ___,
  ...manifest
} = JSON.parse(readFileSync(here('package.json'), 'utf8'));
const published = {
  ...manifest,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
  types: './index.d.ts',
};
writeFileSync(here('dist/package.json'), `${JSON.stringify(published, null, 2)}\n`);
for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE']) copyFileSync(here(file), here(`dist/${file}`));
