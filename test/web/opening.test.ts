import type { Page } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { drag } from './support/divider.ts';
import { prompt, screen, startLab, typeInto } from './support/lab.ts';

t.test('how the page opens, and what it remembers', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);

  const loaded: Promise<{ path: string; encoding: string | undefined; size: number }>[] = [];
  page.on('response', (response) => {
    loaded.push(
      (async () => ({
        path: new URL(response.url()).pathname,
        encoding: response.headers()['content-encoding'],
        size: (await response.request().sizes()).responseBodySize,
      }))(),
    );
  });
  const weightOf = (files: readonly { size: number }[]) => files.reduce((sum, { size }) => sum + size, 0);

  await t.test('the first load, as it comes over the wire, is light', async (t) => {
    await page.goto(daemon.url);
    await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
    const first = await Promise.all(loaded);
    const bundle = first.filter(({ path }) => path.startsWith('/assets/'));
    t.ok(bundle.length >= 2, 'a script and a style sheet at least');
    t.notOk(
      first.some(({ path }) => /screen|picture/.test(path)),
      'no terminal and no picture before a lab',
    );
    t.same(
      first.filter(({ encoding }) => encoding !== 'gzip').map(({ path }) => path),
      [],
      'everything is served compressed',
    );
    const weight = weightOf(first);
    t.ok(weight > 10_000 && weight < 120_000, `${weight} bytes`);
  });

  await t.test('so is the page of a lab, with its picture, terminal and live traffic', async (t) => {
    await startLab(page, 'Routing');
    await prompt(page, '');
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: 'Live traffic' }).click();
    await page.locator('.flows').waitFor();
    const whole = await Promise.all(loaded);
    t.ok(whole.some(({ path }) => /screen/.test(path)) && whole.some(({ path }) => /picture/.test(path)));
    const paths = whole.map(({ path }) => path).filter((path) => path.startsWith('/assets/'));
    t.same(
      paths.filter((path, at) => paths.indexOf(path) !== at),
      [],
      'nothing comes twice',
    );
    const weight = weightOf(whole);
    t.ok(weight > 120_000 && weight < 300_000, `${weight} bytes`);
    page.removeAllListeners('response');
    await page.getByRole('link', { name: 'hoplab: All labs' }).click();
    await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
  });

  await t.test('the chosen theme is there before the page’s own script', async (t) => {
    const grounds = new Set<string>();
    for (const [system, chosen, name] of [
      ['light', 'dark', 'Dark'],
      ['dark', 'light', 'Light'],
    ] as const) {
      await page.emulateMedia({ colorScheme: system });
      await page.locator('summary[aria-label="Settings"]').click();
      await page.getByRole('button', { name, exact: true }).click();
      const held = await holdBundle(page);
      await page.reload({ waitUntil: 'commit' });
      await held.asked;
      await page.locator('#page').waitFor({ state: 'attached' });
      const early = await appearance(page);
      t.match(early, { theme: chosen, empty: true }, 'nothing of the page has run');
      held.release();
      await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
      t.same(await appearance(page), { ...early, empty: false }, 'and stays as it was painted');
      grounds.add(early.ground);
    }
    t.equal(grounds.size, 2, 'the two themes differ');
  });

  await t.test('dividers follow the mouse, and are where they were after a reload', async (t) => {
    await startLab(page, 'Switching');
    await prompt(page, '');
    await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption('host');
    await page.getByRole('button', { name: 'Side by side' }).click();
    const dividers = [
      { name: 'Size of: Text', by: [120, 0] },
      { name: 'Size of: Network', by: [0, -90] },
      { name: 'Width of the terminals', by: [-140, 0] },
    ] as const;
    for (const { name, by } of dividers) await drag(page, name, by);
    const before = await boxes(page);
    await page.reload();
    await page.getByRole('separator', { name: 'Width of the terminals' }).waitFor();
    t.same(await boxes(page), before);
  });

  await t.test('a terminal shows colours of 24 bits, and moves those that nobody could read', async (t) => {
    await typeInto(
      page,
      'host',
      "clear; printf '\\e[38;2;%sm%s\\e[0m\\n' '0;90;20' g'reen' '250;250;250' p'ale'",
    );
    const colour = async (word: string) => {
      await screen(page, 'host').getByText(word, { exact: true }).waitFor();
      return page.evaluate<string>(`getComputedStyle(
        [...document.querySelectorAll('.screen-frame[data-node="host"] .xterm-rows span')]
          .find(({ textContent }) => textContent === '${word}'),
      ).color`);
    };
    t.equal(await colour('green'), 'rgb(0, 90, 20)');
    const pale = await colour('pale');
    t.match(pale, /^rgb\(\d+, \d+, \d+\)$/);
    t.not(pale, 'rgb(250, 250, 250)');

    await typeInto(page, 'host', "clear; printf '\\e[7m%s\\e[0m\\n' p'asted'");
    const ground = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.pane-terminals .screen-frame')).backgroundColor",
    );
    t.equal(await colour('pasted'), ground, 'what is inverted has the colour of the ground, not a pale one');
  });

  await t.test('a part that does not come is asked for again', async (t) => {
    for (const part of ['picture', 'screen']) {
      const asked: string[] = [];
      await page.route(
        new RegExp(`/assets/${part}-[^/]*\\.js$`),
        (route) => {
          asked.push(route.request().url());
          return route.abort();
        },
        { times: 2 },
      );
      await page.reload();
      await page.locator('.card').first().waitFor();
      await prompt(page, 'host');
      await screen(page, 'host').first().waitFor();
      t.equal(asked.length, 2, part);
    }
  });

  t.same(complaints, []);

  await t.test('a part that fails shows an error, and the page can be loaded again', async (t) => {
    await page.route(/\/assets\/picture-[^/]*\.js$/, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: "export default function Picture() { throw new Error('the picture is torn'); }",
      }),
    );
    await page.reload();
    await page.getByText('the picture is torn').waitFor();
    t.same(await violations(page), []);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.locator('.card').first().waitFor();
  });
});

/** Keeps the page's script waiting, once. */
async function holdBundle(page: Page) {
  const asked = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  await page.route(
    /\/assets\/index-[^/]*\.js$/,
    async (route) => {
      asked.resolve();
      await free.promise;
      await route.continue();
    },
    { times: 1 },
  );
  return { asked: asked.promise, release: free.resolve };
}

/** As of the next frame that is drawn: none is before the style sheet is there. */
function appearance(page: Page) {
  return page.evaluate<{ theme: string; ground: string; empty: boolean }>(`new Promise((resolve) => {
    requestAnimationFrame(() => resolve({
      theme: document.documentElement.dataset.theme,
      ground: getComputedStyle(document.documentElement).backgroundColor,
      empty: document.getElementById('page').childElementCount === 0,
    }));
  })`);
}

const boxes = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('[role=separator]')].map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join();
  })`);
