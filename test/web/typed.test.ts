import type { Page } from 'playwright-core';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { clickCommand, prompt, screen, startLab, typeInto } from './support/lab.ts';

const node = 'a';
const command = 'ip route add 192.168.2.0/24 via 192.168.1.6';

t.test('a prompt or a program: the page knows which of them reads', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);
  await page.goto(daemon.url);
  await startLab(page, 'A Linux host as the router');
  const line = (text: string) => screen(page, node).locator('> div').getByText(text, { exact: true }).first();
  const state = (name: string) =>
    page.locator(`.terminal-tab[data-state="${name}"]`, { hasText: node }).first().waitFor();

  await t.test('lines that are pasted wait for Enter, and it still is a prompt', async () => {
    const text = 'echo pasted-$((1+1))\necho pasted-$((2+2))\n';
    await typeInto(page, node, 'clear');
    await prompt(page, node);
    await paste(page, text);
    await screen(page, node).getByText('echo pasted-$((2+2))').waitFor();
    await state('prompt');
    await page.keyboard.press('Enter');
    await line('pasted-2').waitFor();
    await line('pasted-4').waitFor();
    await prompt(page, node);
  });

  await t.test('a command of the text is never typed into a program, by whatever key it began', async (t) => {
    for (const enter of ['Enter', 'Control+O']) {
      await typeInto(page, node, 'clear');
      await prompt(page, node);
      await page.keyboard.type('cat -A');
      await page.keyboard.press(enter);
      await state('running');
      await clickCommand(page, command);
      await page.locator('.notice', { hasText: 'A program is running in a' }).waitFor();
      await page.locator(`.screen-frame[data-node="${node}"] textarea`).focus();
      await page.keyboard.type(`after ${enter}\n`);
      await line(`after ${enter}$`).waitFor();
      t.notMatch(await screen(page, node).textContent(), /ip route/);
      await page.keyboard.press('Control+C');
      await prompt(page, node);
      await page.keyboard.press('Control+C');
    }
  });

  t.same(complaints, []);
});

/** As the browser's menu or a middle click does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    data.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }`);
}
