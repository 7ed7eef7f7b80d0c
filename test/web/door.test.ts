import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';

const dist = join(import.meta.dirname, '../../src/web/dist');

t.test('the token opens the page and leaves the address', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(daemon.url);
  await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
  const { origin, hash } = new URL(daemon.url);
  t.equal(page.url(), `${origin}/`);
  t.notOk(
    asked.some((url) => url.includes(hash.slice('#token='.length))),
    'nor was it ever asked for',
  );

  await page.reload();
  await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
  t.pass('a reload still is inside');

  t.notOk(
    asked.some((url) => /screen|picture/.test(url)),
    'no terminal and no picture before a lab',
  );
  const sizes = await Promise.all(
    [...new Set(asked)]
      .map((url) => new URL(url).pathname)
      .map((path) => stat(join(dist, `${path === '/' ? '/index.html' : path}.gz`)).then(({ size }) => size)),
  );
  t.ok(sizes.length > 3);
  t.ok(sizes.reduce((sum, size) => sum + size, 0) < 400_000, 'the first load is light');
  t.same(complaints, []);
});

t.test('without a token, or with a wrong one, there is only the door', async (t) => {
  const daemon = await startDaemon(t);
  const { page } = await openBrowser(t);
  const { origin, hash } = new URL(daemon.url);
  await page.goto(`${origin}/#token=${'x'.repeat(43)}`);
  await page.getByText('no longer valid').waitFor();
  await page.getByLabel('Link or token').fill('no token at all');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('neither a link').waitFor();
  await page.getByLabel('Link or token').fill(`${origin}/${hash}`);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
});

t.test('a link pasted into an open page opens it, and a second tab needs none', async (t) => {
  const daemon = await startDaemon(t);
  const { page, context } = await openBrowser(t);
  const { origin, hash } = new URL(daemon.url);
  const inside = { name: 'A Linux host as the router' };
  await page.goto(`${origin}/`);
  await page.getByLabel('Link or token').waitFor();
  // As a browser does it where only the fragment changes: nothing is loaded again.
  await page.evaluate(`location.assign('${hash}')`);
  await page.getByRole('heading', inside).waitFor();
  t.equal(new URL(page.url()).hash, '', 'the token has left the address');

  const second = await context.newPage();
  await second.goto(`${origin}/#/s/none`);
  await second.getByText('This session no longer exists').waitFor();
  await second.evaluate(`location.assign('${hash}')`);
  await second.waitForURL((url) => url.hash === '#/s/none');
  t.pass('the place stays where a token is pasted over it');
  await second.goto(`${origin}/#/`);
  await second.getByRole('heading', inside).waitFor();
});

t.test('no script and no style stands in the document', async (t) => {
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  t.notMatch(html, /<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
  t.ok((await readdir(join(dist, 'assets'))).length > 0);
});
