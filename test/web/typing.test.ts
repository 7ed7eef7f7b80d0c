import type { Page } from 'playwright-core';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { prompt, screen, startLab, typeInto } from './support/lab.ts';

const lines = 150;

t.test(
  'a terminal that nobody sees is not drawn, and is whole when it is seen; one beside is drawn a few times a second',
  async (t) => {
    const daemon = await startDaemon(t);
    const { page, complaints } = await openBrowser(t);
    await page.goto(daemon.url);
    await startLab(page, 'Routing');
    for (const node of ['a', 'b']) {
      await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption(node);
      await prompt(page, node);
    }
    const bring = (node: string) =>
      page.locator('.terminal-tab', { hasText: node }).getByRole('button').first().click();
    await typeInto(page, 'b', `ping -i 0.02 -c ${lines} 127.0.0.1; echo 'e'nd`);
    await screen(page, 'b').getByText('icmp_seq=1 ').waitFor();

    await bring('a');
    const hidden = await drawings(page, 'b');
    await prompt(page, 'b');
    t.equal(await hidden(), 0, 'while it is behind another');
    await bring('b');
    await screen(page, 'b').getByText('end', { exact: true }).first().waitFor();
    await screen(page, 'b').getByText(`icmp_seq=${lines} `).waitFor();

    // What a program asks the terminal meanwhile gets no late answer: it would be typed into the shell.
    await typeInto(
      page,
      'b',
      "clear; mkfifo /tmp/go; read < /tmp/go; printf '\\e[c'; ping -q -c 2 127.0.0.1; echo 'a'sked",
    );
    await typeInto(page, 'a', 'echo > /tmp/go');
    await prompt(page, 'b');
    await bring('b');
    await screen(page, 'b').getByText('asked', { exact: true }).waitFor();
    await typeInto(page, 'b', "echo 'c'lean");
    await screen(page, 'b').getByText('clean', { exact: true }).waitFor();
    t.notMatch(await screen(page, 'b').textContent(), /1;2c/);
    await bring('a');

    await page.getByRole('button', { name: 'Side by side' }).click();
    await typeInto(page, 'b', `clear; ping -i 0.02 -c ${lines} 127.0.0.1; echo 'e'nd`);
    await page.locator('.screen-frame[data-node="a"] textarea').focus();
    const beside = await drawings(page, 'b');
    await prompt(page, 'b');
    const drawn = await beside();
    t.ok(drawn > 0 && drawn < lines / 2, 'while somebody types in another beside it');

    await bring('b');
    await screen(page, 'b').getByText('end', { exact: true }).first().waitFor();
    t.same(complaints, []);
  },
);

/** How often the screen of a terminal changes from now on. */
async function drawings(page: Page, node: string): Promise<() => Promise<number>> {
  await page.evaluate(`{
    window.drawn = 0;
    new MutationObserver(() => (window.drawn += 1)).observe(
      document.querySelector('.screen-frame[data-node="${node}"] .xterm-rows'),
      { subtree: true, childList: true, characterData: true },
    );
  }`);
  return () => page.evaluate<number>('window.drawn');
}
