import type { Page } from 'playwright-core';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { until } from './support/until.ts';

/** How far away the picture is, and whether a node's card is wholly in view. */
const seen = (page: Page, node: string) =>
  page.evaluate<{ zoom: number; detail: string; whole: boolean; height: number }>(`(() => {
    const picture = document.querySelector('.picture');
    const room = picture.getBoundingClientRect();
    const drawn = picture.querySelector('[data-card="card ${node}"]');
    const card = drawn.getBoundingClientRect();
    const zoom = Number(getComputedStyle(picture).getPropertyValue('--zoom'));
    return {
      zoom,
      detail: picture.dataset.detail,
      whole: card.left >= room.left && card.right <= room.right && card.top >= room.top && card.bottom <= room.bottom,
      height: drawn.offsetHeight,
    };
  })()`);

t.test(
  'where the room is small, cards get lower, and a node opens beside a picture as near as before',
  async (t) => {
    const daemon = await startDaemon(t);
    await daemon.hoplab('start', 'network-namespaces', '--step', 'route-back');
    const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce', width: 1440, height: 760 });
    await page.goto(daemon.url);
    await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();
    const counted = page.locator('[data-card="card blue"] .badge-routes', { hasText: '2 routes' });
    await counted.waitFor();
    const low = await seen(page, 'blue');
    t.equal(low.detail, 'some', 'near enough for badges');

    await page.getByRole('button', { name: 'Details of internet', exact: true }).click();
    await page.getByRole('complementary', { name: 'internet' }).waitFor();
    await page.locator('.subject [data-card="card internet"]').waitFor();
    await until(
      page,
      `document.querySelector('.picture').getBoundingClientRect().right >=
     document.querySelector('[data-card="card internet"]').getBoundingClientRect().right`,
    );
    t.match(await seen(page, 'internet'), { zoom: low.zoom, whole: true });
    await page.getByRole('combobox', { name: 'Node' }).selectOption('red');
    await page.locator('.subject [data-card="card red"]').waitFor();
    await until(
      page,
      `document.querySelector('.picture').getBoundingClientRect().left <=
     document.querySelector('[data-card="card red"]').getBoundingClientRect().left`,
    );
    t.match(
      await seen(page, 'red'),
      { zoom: low.zoom, whole: true },
      'the picture follows the choice of a node',
    );
    await page.keyboard.press('Escape');
    await until(page, `document.querySelector('.subject') === null`);

    await page.getByRole('button', { name: 'Live traffic', exact: true }).click();
    await page.locator('.flows').waitFor();
    await until(page, `document.querySelector('.picture').dataset.detail === 'names'`);
    t.equal((await seen(page, 'blue')).height, low.height, 'and the traffic changes no card');
    await page.getByRole('button', { name: 'Live traffic', exact: true }).click();
    await counted.waitFor();
    await page.setViewportSize({ width: 1440, height: 1100 });
    await page.locator('[data-card="card blue"] .card-route', { hasText: '192.168.1.0/24' }).waitFor();
    t.ok((await seen(page, 'blue')).height > low.height, 'with room, a card lists its routes');
    t.same(complaints, []);
  },
);
