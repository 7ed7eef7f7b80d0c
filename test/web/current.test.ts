import type { Page } from 'playwright-core';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { check, prompt, startLab } from './support/lab.ts';

t.test('the page shows the machine that is there', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'A Linux host as the router');
  await prompt(page, 'a');
  await page.locator('.card', { hasText: '192.168.2.6/24' }).waitFor();

  await t.test('a node has one colour: in the text, a solution, the picture and its terminal', async (t) => {
    await page.getByText('Show me the solution').click();
    const colours = await coloursOf(page);
    const { a } = colours.picture ?? {};
    t.match(a, /^node-\d$/);
    t.same([colours.text?.a, colours.solution?.a, colours.terminal?.a], [a, a, a]);
    const others = Object.entries(colours.picture ?? {}).filter(([node]) => node !== 'a');
    t.ok(others.length > 2 && others.every(([, colour]) => colour !== a), 'and no other node has it');
  });

  await t.test('Escape closes details from wherever the focus is, but not from a terminal', async (t) => {
    const details = page.locator('.node-pane');
    await page.getByRole('button', { name: 'Details of a', exact: true }).click();
    await details.waitFor();
    await page.locator('.screen-frame textarea').first().focus();
    await page.keyboard.press('Escape');
    t.equal(await details.count(), 1, 'the key was for the shell');
    await page.locator('.prose').focus();
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });

  await t.test('a hint goes when its check passes', async () => {
    await page.getByRole('button', { name: 'Hint', exact: true }).click();
    for (const rung of [1, 2, 3]) {
      await page.getByText(`Hint ${rung} of 4`).waitFor();
      await page.getByRole('button', { name: 'A bigger hint' }).click();
    }
    await page.locator('.hint .command button').first().click();
    await check(page, 'a has a route to 192.168.2.5').locator('.mark-pass').waitFor();
    await page.locator('.hint').waitFor({ state: 'detached' });
  });

  await t.test('a trace goes with the machine that its packet was in', async () => {
    await page.getByRole('button', { name: 'Send a packet' }).click();
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('192.168.2.5');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.packet-end').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await page.locator('.packet-end, .packet-event').first().waitFor({ state: 'detached' });
  });
  t.same(complaints, []);
});

/** The class that each node's colour comes from, by the part of the page. */
async function coloursOf(page: Page): Promise<Record<string, Record<string, string>>> {
  const read = async (selector: string, name: string) => {
    const found: Record<string, string> = {};
    for (const element of await page.locator(selector).all()) {
      const colour = /node-\d/.exec((await element.getAttribute('class')) ?? '')?.[0] ?? 'none';
      found[(await element.locator(name).textContent()) ?? ''] = colour;
    }
    return found;
  };
  return {
    text: await read('.beside .command:has(.command-node)', '.command-node'),
    solution: await read('.solution .command:has(.command-node)', '.command-node'),
    picture: await read('.card-card', '.card-name'),
    terminal: await read('.terminal-tab', 'button >> nth=0'),
  };
}
