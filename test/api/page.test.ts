import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { readPage } from '../../src/api/page.ts';
import { assemble, networkDoor } from './listening.ts';

async function withPage(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'hoplab-page-'));
  t.teardown(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html>');
  await writeFile(join(directory, 'assets', 'a-1.js'), 'run();');
  await writeFile(join(directory, 'assets', 'a-1.js.gz'), gzipSync('run();'));
  await writeFile(join(directory, 'dots.html'), '<body><script>move();</script></body>');
  await writeFile(join(directory, 'notes.txt'), 'not for the web');
  const { app } = assemble({ door: networkDoor, page: await readPage(directory) });
  t.teardown(() => app.close());
  return (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { host: '127.0.0.1:7777', ...headers } });
}

t.test('the page needs no token and allows nothing inline or from elsewhere', async (t) => {
  const get = await withPage(t);
  const { statusCode, headers, body } = await get('/');
  t.equal(statusCode, 200);
  t.equal(body, '<!doctype html>');
  const policy = String(headers['content-security-policy']);
  t.match(policy, /default-src 'none'/);
  t.notMatch(policy, /unsafe|\*|https?:/);
  t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});

t.test('the frame in the page comes to no origin and runs the one script that is in it', async (t) => {
  const get = await withPage(t);
  const { headers } = await get('/dots.html');
  const hash = createHash('sha256').update('move();').digest('base64');
  t.strictSame(String(headers['content-security-policy']).split('; ').toSorted(), [
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
    `script-src 'sha256-${hash}'`,
  ]);
});

t.test('the document is asked for every time, its parts once', async (t) => {
  const get = await withPage(t);
  const { headers } = await get('/');
  t.equal(headers['cache-control'], 'no-cache');
  t.match(await get('/', { 'if-none-match': String(headers.etag) }), { statusCode: 304, body: '' });
  t.equal((await get('/', { 'if-none-match': '"other"' })).statusCode, 200);
  t.match((await get('/assets/a-1.js')).headers['cache-control'], /max-age=31536000, immutable/);
});

t.test('compressed for those who can read it', async (t) => {
  const get = await withPage(t);
  const zipped = await get('/assets/a-1.js', { 'accept-encoding': 'gzip, br' });
  t.equal(zipped.headers['content-encoding'], 'gzip');
  t.same(zipped.rawPayload, gzipSync('run();'));
  const plain = await get('/assets/a-1.js');
  t.equal(plain.headers['content-encoding'], undefined);
  t.equal(plain.body, 'run();');
});

t.test('nothing but the page is served, and only under the daemon’s own names', async (t) => {
  const get = await withPage(t);
  for (const url of [
    '/notes.txt',
    '/assets/../notes.txt',
    '/assets/%2e%2e/notes.txt',
    '/assets/',
    '/other',
  ]) {
    t.equal((await get(url)).statusCode, 401, url);
  }
  t.equal((await get('/', { host: 'evil.example' })).statusCode, 421);
  t.equal((await get('/', { origin: 'http://evil.example' })).statusCode, 403);
});

t.test('a page that was not built answers with the command that builds it', async (t) => {
  const { app } = assemble({ door: networkDoor, page: await readPage('/nowhere') });
  t.teardown(() => app.close());
  const { statusCode, body } = await app.inject({ url: '/', headers: { host: 'localhost' } });
  t.equal(statusCode, 503);
  t.match(body, /sudo scripts\/up/);
});
