import t from 'tap';
import { violationsInAll } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { check, prompt, startLab } from './support/lab.ts';

t.test('axe finds nothing, on any view, in both themes and languages', async (t) => {
  const daemon = await startDaemon(t);
  const { page } = await openBrowser(t, { reducedMotion: 'reduce' });
  const clean = async (view: string) => t.same(await violationsInAll(page), [], view);

  await page.goto(new URL('/', daemon.url).href);
  await page.getByLabel('Link or token').waitFor();
  await clean('door');

  await page.goto(daemon.url);
  await page.reload();
  await page.getByRole('heading', { name: 'A Linux host as the router' }).waitFor();
  await clean('start');

  await startLab(page, 'Switching');
  await prompt(page, '');
  await page.locator('.card').first().waitFor();
  await clean('lab');

  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.locator('.checks .mark-fail').first().waitFor();
  await page.getByRole('button', { name: 'Hint', exact: true }).click();
  await page.getByText('Hint 1 of 4').waitFor();
  await page.getByText('Show me the solution').click();
  await clean('failed checks, a hint, the solution');

  await check(page, '').first().getByRole('button').click();
  await page.getByText('Output of the kernel').waitFor();
  await clean('details of a check');

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('table').waitFor();
  await clean('table');
  await page.getByRole('table').getByRole('button', { name: 'Details of host' }).click();
  const details = page.getByRole('complementary', { name: 'host' });
  await details.getByText('Kernel settings that were changed').waitFor();
  const listed: string[] = (await details.innerText()).match(/net\.\S+ = \S+/g) ?? [];
  t.ok(listed.includes('net.bridge.bridge-nf-call-iptables = 0'));
  const others = listed.filter((line) => !line.startsWith('net.bridge.bridge-nf-call-'));
  t.same(others, [], "none of the kernel's own");
  t.equal(listed?.length, 3, 'and, of a node with a bridge, whether its frames pass the rules');
  await clean('details of a node');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('192.168.1.11');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.packet-end').waitFor();
  await clean('a packet');
  await page.getByRole('button', { name: 'Close the packets' }).click();

  await page.getByRole('button', { name: 'Details of a', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.locator('.glance').waitFor();
  await clean('a node at a glance');
  await page.keyboard.press('Escape');
  await page.locator('.glance').waitFor({ state: 'detached' });

  await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption('host');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.getByRole('separator', { name: 'Width of the terminals' }).waitFor();
  await clean('terminals side by side');

  await page.keyboard.press('Control+.');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await clean('keys');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('dialog', { name: 'Reset' }).getByText('The network does not change').waitFor();
  await clean('question');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['Text', 'Network', 'Checks', 'Terminals']) {
    await page.locator('.pane-tabs').getByRole('button', { name: tab }).click();
    await clean(`phone: ${tab}`);
  }
});

t.test('every pane and the way out of a terminal by keyboard alone', async (t) => {
  const daemon = await startDaemon(t);
  const { page } = await openBrowser(t);
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await prompt(page, '');
  await page.locator('.screen-frame textarea').focus();
  await page.keyboard.press('Control+.');
  await page.keyboard.press('1');
  await page.locator('#pane-prose:focus').waitFor();
  await page.keyboard.press('Control+.');
  await page.keyboard.press('m');
  await page.locator('.workbench[data-maximised="prose"]').waitFor();
  await page.keyboard.press('Control+.');
  await page.keyboard.press('m');
  await page.locator('.workbench:not([data-maximised])').waitFor();
  await page.locator('.screen-frame textarea').focus();
  await page.keyboard.press('Alt+Enter');
  await page.locator('.workbench[data-maximised="terminals"]').waitFor();
  await page.keyboard.press('Alt+Enter');
  await page.locator('.workbench:not([data-maximised])').waitFor();
  const divider = page.getByRole('separator', { name: 'Size of: Text' });
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await divider.press('ArrowRight');
  t.equal(Number(await divider.getAttribute('aria-valuenow')), before + 4);
  await page.reload();
  await divider.waitFor();
  t.equal(Number(await divider.getAttribute('aria-valuenow')), before + 4, 'remembered');
  const first = await page.locator('.prose h3').innerText();
  const start = page.url();
  for (const key of [']', ']']) {
    await page.keyboard.press('Control+.');
    await page.keyboard.press(key);
  }
  const third = page.url();
  t.not(third, start, 'each key turns a page');
  t.match(third, /#\/s\/\w+\/[\w-]+$/, 'the step stands in the address');
  await page.goBack();
  t.notOk([start, third].includes(page.url()), 'two quick keys turn two pages');
  await page.goBack();
  t.equal(page.url(), start);
  await page.locator('.prose h3', { hasText: first }).waitFor();
  await page.reload();
  await page.locator('.prose h3', { hasText: first }).waitFor();
  await page.goForward();
  await page.goForward();
  t.equal(page.url(), third);
  await page.locator('.prose h3', { hasNotText: first }).waitFor();

  await page.keyboard.press('Control+.');
  await page.keyboard.press('l');
  await page.getByRole('navigation', { name: '단계' }).waitFor();
});

t.test('where the system chooses the colours, chosen is told from not chosen, up from down', async (t) => {
  const daemon = await startDaemon(t);
  const { page } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await prompt(page, '');
  await daemon.hoplab('exec', 'a', 'ip', 'link', 'set', 'eth0', 'down');
  await page.locator('.lamp-down').first().waitFor();
  const ground = (selector: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
  const differ = async (one: string, other: string) => t.not(await ground(one), await ground(other), one);
  await differ('.lamp-up', '.lamp-down');
  await differ('.choice [aria-pressed=true]', '.choice [aria-pressed=false]');
  await page.setViewportSize({ width: 390, height: 844 });
  await differ('.pane-tabs [aria-current]', '.pane-tabs :not([aria-current])');
});
