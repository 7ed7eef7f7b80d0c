import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The command line. Loads its modules after the cache of compiled code is on: it halves the start. */

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
// In the user's own directory: code from a shared one such as /tmp could come from any user.
if (process.env.NODE_COMPILE_CACHE === undefined) enableCompileCache(join(cache, 'hoplab'));

// `hoplab labs | head`: the reader has enough, and that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

// No await at the top: the build is CommonJS, which has none.
void import('./run.ts').then(async ({ run }) => {
  process.exitCode = await run(process.argv.slice(2), process.env);
});
