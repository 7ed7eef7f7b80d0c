import type { Page } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab } from './support/lab.ts';

const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

t.test('one field finds labs, steps and terms, by keyboard alone', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const group = (name: string) => dialog.getByRole('region', { name, exact: true });
  await page.getByRole('button', { name: 'Search' }).press('Enter');
  await page.locator('dialog[open] input[type="search"]:focus').waitFor();
  await page.keyboard.type('veth pair');
  await group('Terms').getByText('A virtual cable with two ends').waitFor();
  await group('Steps').getByRole('link').first().waitFor();
  t.same(await violations(page), []);

  await dialog.getByRole('searchbox').fill('default gateway');
  await group('Labs')
    .getByRole('link', { name: /^Default gateway/ })
    .waitFor();
  await page.keyboard.press('ArrowDown');
  t.match(await focused(page), /^Default gateway/, 'the arrow goes into what was found');
  await page.keyboard.press('ArrowUp');
  t.equal(await page.evaluate('document.activeElement.type'), 'search', 'and back');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#lab-default-gateway:focus').waitFor();

  await page.getByRole('button', { name: 'Search' }).click();
  await dialog.getByRole('searchbox').fill('no-such-word-anywhere');
  await dialog.getByText('Nothing found.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('button', { name: '검색' }).click();
  await page.locator('dialog[open] input[type="search"]:focus').waitFor();
  await page.keyboard.type('네임스페이스');
  await page.getByRole('region', { name: '용어' }).getByText('한 커널 안의 독립된 네트워크').waitFor();
  await page.getByRole('region', { name: '실습' }).getByRole('link').first().waitFor();
  t.same(await violations(page), []);
  t.same(complaints, []);
});

t.test('in a lab: its own step is opened; terms show their meaning', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Routing');
  await page.keyboard.press('Control+.');
  await page.keyboard.press('k');
  await page.getByRole('searchbox').fill('same with IPv6');
  const steps = page.getByRole('region', { name: 'Steps' });
  await steps.getByRole('link', { name: /^The same with IPv6 ?Routing/ }).click();
  await page.getByRole('heading', { name: 'The same with IPv6', level: 3 }).waitFor();

  const term = page.locator('.prose .term').first();
  await term.hover();
  const tip = page.getByRole('tooltip');
  await tip.waitFor();
  await tip.hover();
  t.ok(await tip.isVisible(), 'the pointer may be on the meaning');
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'detached' });

  await page.mouse.move(0, 0);
  await term.focus();
  await tip.waitFor();
  const id = await tip.getAttribute('id');
  t.equal(await term.getAttribute('aria-describedby'), id);
  t.same(await violations(page), []);
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'detached' });
  t.equal(await focused(page), await term.textContent(), 'the focus stays');
  t.same(complaints, []);
});
