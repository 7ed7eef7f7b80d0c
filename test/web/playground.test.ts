import type { Page } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab, typeInto } from './support/lab.ts';

const card = (page: Page, id: string) => page.locator(`[data-card="${id}"]`);
const terminal = (page: Page, text: string) =>
  page.locator('.xterm-rows', { hasText: text }).first().waitFor();

t.test('a network built by keyboard and by mouse, each act typed where it is seen', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Playground');
  const tools = page.getByRole('region', { name: 'Build' });
  const menu = page.locator('.machine-menu');
  await menu.locator('summary').click();
  t.same(
    await menu.locator('strong').allTextContents(),
    ['Restart the machine'],
    'nothing to practise before there is a network',
  );
  await menu.locator('summary').click();

  await tools.getByRole('button', { name: '+ Host' }).press('Enter');
  await card(page, 'card h1').waitFor();
  await terminal(page, 'ip netns add h1');
  await tools.getByLabel('Name (optional)').fill('far');
  await tools.getByRole('button', { name: '+ Host' }).click();
  await card(page, 'card far').waitFor();
  await tools.getByRole('button', { name: '+ Bridge' }).press('Enter');
  await card(page, 'switch host s1').waitFor();

  const cable = tools.getByRole('form', { name: 'Cable' });
  await cable.getByLabel('From').selectOption('h1');
  await cable.getByLabel('To').selectOption('s1 (bridge)');
  await cable.getByLabel('To').press('Enter');
  await cable.getByRole('button', { name: 'Lay cable' }).press('Enter');
  await page.locator('[data-id="h1:eth0 host:s1-h1"], [data-id="host:s1-h1 h1:eth0"]').waitFor();

  // The act types five commands, and the picture is laid out again after some of them.
  const up = (id: string, row: string) =>
    card(page, id).locator('.card-row', { hasText: row }).locator('.lamp-up').waitFor();
  await up('card h1', 'eth0');
  await up('switch host s1', 's1-h1');
  await page.locator('.working').waitFor({ state: 'detached' });

  const target = card(page, 'switch host s1').getByRole('button', { name: 's1: Details of host' });
  await card(page, 'card far').locator('.card-plug').hover();
  await page.getByRole('complementary', { name: 'Details of far' }).waitFor();
  await page.mouse.down();
  await page.locator('.plug-line').waitFor();
  await page.locator('.glance').waitFor({ state: 'detached' });
  await target.hover();
  await daemon.hoplab('play', 'add', 'host', 'meanwhile');
  await cable.getByLabel('From').locator('option', { hasText: 'meanwhile' }).waitFor({ state: 'attached' });
  t.equal(await card(page, 'card meanwhile').count(), 0, 'no card moves while the cable is drawn');
  await page.mouse.up();
  await page.locator('[data-id="far:eth0 host:s1-far"]').waitFor();
  await card(page, 'card meanwhile').waitFor();

  const address = tools.getByRole('form', { name: 'Address' });
  for (const [place, expected] of [
    ['h1: eth0', '10.0.0.1/24'],
    ['far: eth0', '10.0.0.2/24'],
  ] as const) {
    await address.getByLabel('Interface').selectOption(place);
    t.equal(await address.getByRole('textbox').inputValue(), expected);
    await address.getByRole('button', { name: 'Give address' }).press('Enter');
    await page.locator('.card-addresses', { hasText: expected }).waitFor();
  }
  t.same(await violations(page), []);

  await typeInto(page, 'host', 'ip netns exec h1 ping -c 1 10.0.0.2');
  await terminal(page, '1 received');

  const { stdout } = await daemon.hoplab('check');
  t.match(stdout, '1 of 1 check passes');
  t.notMatch(stdout, /Every step/, 'there is none');
  const save = tools.getByRole('form', { name: 'Save' });
  await save.getByLabel('As').selectOption('Shell script');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    save.getByRole('button', { name: 'Save' }).press('Enter'),
  ]);
  t.equal(file.suggestedFilename(), 'my-network.sh');
  await save.getByLabel('As').selectOption('Lab');
  await save.getByRole('button', { name: 'Save' }).press('Enter');
  await save.getByText('Saved as the lab my-network').waitFor();
  t.same(await violations(page), []);
  t.equal(
    await page.locator('.step-done p, .finished, .top-progress').count(),
    0,
    'there is no step to finish',
  );
  const playgroundAddress = page.url();
  await save.getByRole('button', { name: 'Start my-network' }).press('Enter');
  await page.getByRole('heading', { name: 'my-network', level: 1 }).waitFor();
  await page.locator('.card-addresses', { hasText: '10.0.0.2/24' }).waitFor();
  await page.getByText('2 of 2 pass').waitFor();

  await page.goto(playgroundAddress);
  await tools.getByRole('button', { name: 'Break it for me' }).press('Enter');
  await page.getByText('Practice: find the fault').waitFor();
  await page.locator('.symptoms li').first().waitFor();
  await page.getByRole('button', { name: 'Show the fault' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Show the fault' }).press('Enter');
  await page.getByText('Right would be').first().waitFor();
  t.same(await violations(page), []);

  await page.getByRole('link', { name: 'hoplab: All labs' }).click();
  const saved = page.locator('#lab-my-network');
  await saved.waitFor();
  t.equal(await saved.getByRole('button', { name: 'Delete' }).count(), 0, 'not while it has a session');
  await saved.getByRole('button', { name: 'End session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await saved.getByRole('button', { name: 'Delete: my-network' }).click();
  t.same(await violations(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await saved.getByRole('button', { name: 'Delete: my-network' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await saved.waitFor({ state: 'detached' });
  t.notMatch((await daemon.hoplab('labs')).stdout, 'my-network');
  t.equal(await page.getByRole('button', { name: /^Delete/ }).count(), 0, 'only what was saved');
  t.same(complaints, []);
});
