import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { record } from './support/record.ts';
import { until } from './support/until.ts';

const stored = join(import.meta.dirname, '../../src/web/start/recorded.json');

t.test('the start page plays a packet that was really sent', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);

  await t.test('again and again, until it is paused', async (t) => {
    await page.goto(daemon.url);
    const hero = page.getByRole('figure', { name: /^A recorded packet: blue pings 8\.8\.8\.8/ });
    await hero.locator('.hero-packet', { hasText: '192.168.15.2 → 8.8.8.8' }).waitFor();
    await hero.getByText('source 192.168.15.2 -> 192.168.1.2, by MASQUERADE').waitFor();
    await hero.locator('.hero-packet', { hasText: '192.168.1.2 → 8.8.8.8' }).waitFor();
    await hero.getByRole('button', { name: 'Pause' }).click();
    await hero.locator('.hero-packet').waitFor({ state: 'detached' });
    t.same(await violations(page), []);
  });

  await t.test('its words are never smaller than 11 pixels, and the packet stays in sight', async (t) => {
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const smallest =
        await page.evaluate<number>(`Math.min(...[...document.querySelectorAll('.hero-picture text')]
        .map((each) => Number.parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a))`);
      t.ok(smallest >= 11 && smallest < 20, `${width}: ${smallest}`);
      t.same(await violations(page), [], `${width}`);
    }
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    for (const name of ['host', 'internet'])
      await until(
        page,
        `[...document.querySelectorAll('.hero-box.here')]
          .filter((each) => each.querySelector('.hero-name').textContent === '${name}')
          .map((each) => each.getBoundingClientRect())
          .some(({ left, right }) => left >= 0 && right <= innerWidth)`,
      );
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('not at all where motion is unwanted', async (t) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    t.equal(await page.locator('.hero-packet').count(), 0);
  });

  await t.test('who has begun nothing has a lab for five minutes', async () => {
    await page.getByRole('button', { name: 'I have 5 minutes: step 1 of Switching' }).click();
    await page.locator('.prose h3').first().waitFor();
    await page.getByRole('link', { name: 'hoplab: All labs' }).click();
    await page.getByRole('region', { name: 'Continue' }).waitFor();
    await page.getByRole('button', { name: 'I have 5 minutes' }).waitFor({ state: 'detached' });
  });

  await t.test('the labs of a track are a path, which leads to their cards', async (t) => {
    const path = page.getByRole('list', { name: 'The labs in their order' }).first();
    t.equal(await path.getByRole('listitem').count(), 4);
    await path.getByRole('button', { name: 'Default gateway' }).click();
    t.equal(await page.evaluate('document.activeElement.id'), 'lab-default-gateway');
  });

  await t.test('the same packet, sent now, takes the recorded path', async (t) => {
    t.same(
      JSON.parse(JSON.stringify(await record(daemon.hoplab))),
      JSON.parse(await readFile(stored, 'utf8')),
    );
  });
  t.same(complaints, []);
});
