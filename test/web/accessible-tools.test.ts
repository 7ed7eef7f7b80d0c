import t from 'tap';
import { violationsInAll } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab } from './support/lab.ts';

t.test('axe finds nothing in any tool, in both themes and languages', async (t) => {
  const daemon = await startDaemon(t);
  await daemon.hoplab('start', 'network-namespaces', '--step', 'route-back');
  const { page } = await openBrowser(t, { reducedMotion: 'reduce' });
  const clean = async (view: string) => t.same(await violationsInAll(page), [], view);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto(daemon.url);
  await page.getByRole('region', { name: 'Continue' }).waitFor();
  await page.locator('summary[aria-label="Settings"]').click();
  await clean('start page, settings');
  await page.keyboard.press('Escape');
  await button('Search').click();
  await page.getByRole('searchbox').fill('veth');
  await page.getByRole('region', { name: 'Terms' }).waitFor();
  await clean('search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();

  await page.locator('.react-flow__node-card').first().waitFor();
  await page.locator('.prose .term').first().focus();
  await page.getByRole('tooltip').waitFor();
  await clean('lab, a term of the glossary');
  await page.keyboard.press('Escape');
  await button('Live traffic').click();
  await daemon.hoplab('exec', 'blue', 'ping', '-c', '1', '8.8.8.8');
  await page.locator('.flow-open').first().waitFor();
  await clean('traffic');
  await button('Live traffic').click();

  await page.locator('.card-badge', { hasText: 'NAT' }).first().click();
  const tables = page.locator('.node-tabs button');
  for (const table of ['Routes', 'Rules', 'Connections']) {
    await tables.getByText(table, { exact: true }).click();
    await page.locator('.node-pane tbody tr').first().waitFor();
    await clean(`node: ${table}`);
  }
  await page.keyboard.press('Escape');

  await button('Send a packet').click();
  await page.getByRole('combobox', { name: 'From', exact: true }).selectOption('blue');
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('8.8.8.8');
  await button('Send').click();
  await page.locator('.packet-end-good').waitFor();
  await button('Sequence diagram').click();
  await page.getByRole('button', { name: /^host: echo request/ }).press('Enter');
  await page
    .locator('.stage .matched')
    .getByText(/so far/)
    .waitFor();
  await clean('sequence, inside a node');
  await button('Layers and bytes').click();
  await page.locator('.layer').first().waitFor();
  await clean('layers and bytes');
  await page.keyboard.press('Control+.');
  await page.keyboard.press('x');
  await page.getByRole('dialog').getByText('blue → 8.8.8.8 (icmp)').waitFor();
  await clean('share');
  await page.keyboard.press('Escape');
  await daemon.hoplab('exec', 'blue', 'ip', 'route', 'del', 'default');
  await button('Send again').click();
  await page.getByRole('region', { name: 'Before and after' }).waitFor();
  await clean('compare');
  await button('Close the packets').click();

  await page.getByRole('link', { name: 'hoplab: All labs' }).click();
  await startLab(page, 'Playground');
  await page.getByRole('button', { name: '+ Host' }).click();
  await page.locator('[data-card="card h1"]').waitFor();
  await clean('playground');
});
