import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { drag } from './support/divider.ts';
import { prompt, screen, startLab, typeInto } from './support/lab.ts';
import { until } from './support/until.ts';

const node = 'a';

t.test('terminals: copy and paste, sizes, a screen reader', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints, context } = await openBrowser(t);
  // As over plain HTTP from another computer, where the clipboard is to be had by the browser's own keys alone.
  await context.addInitScript('delete Navigator.prototype.clipboard');
  await page.goto(daemon.url);
  await page.reload();
  await startLab(page, 'A Linux host as the router');
  await prompt(page, node);
  const line = (text: string) => screen(page, node).locator('> div').getByText(text, { exact: true }).first();
  const type = (text: string) => page.keyboard.type(text);

  await t.test('copies and pastes a selection by keys', async (t) => {
    for (const [copy, paste] of [
      ['Control+Shift+C', 'Control+Shift+V'],
      ['Control+C', 'Control+V'],
    ] as const) {
      await typeInto(page, node, "clear; echo 'w'ord'-one'");
      await line('word-one').waitFor();
      await prompt(page, node);
      await page.mouse.dblclick(...(await startOf(line('word-one'))));
      await selected(page).waitFor();
      await page.keyboard.press(copy);
      await selected(page).waitFor({ state: 'detached' });
      await type('echo got: ');
      await page.keyboard.press(paste);
      await type('.\n');
      await line('got: word-one.').waitFor();
    }
    t.ok(await page.evaluate('navigator.clipboard === undefined'));
  });

  await t.test('several lines are selected with the mouse', async (t) => {
    await typeInto(page, node, "clear; printf '%s\\n' fir'st' sec'ond' th'ird' four'th'");
    await line('fourth').waitFor();
    await prompt(page, node);
    // Both places before the button is down: a selection draws its lines anew.
    const first = await startOf(line('first'));
    const fourth = await startOf(line('fourth'));
    await page.mouse.move(...first);
    await page.mouse.down();
    await page.mouse.move(...fourth);
    await page.mouse.up();
    await selected(page).waitFor();
    await page.keyboard.press('Control+C');
    await type("cat > /tmp/pasted <<'end'\n");
    await page.keyboard.press('Control+V');
    await type('end\nwc -l -c /tmp/pasted\n');
    await line(' 3 19 /tmp/pasted').waitFor();
    t.match(await screen(page, node).textContent(), /> first/);
  });

  await t.test('input methods and the menu of the mouse find the cursor', async (t) => {
    await typeInto(page, node, 'clear');
    await prompt(page, node);
    await type('echo abc');
    const place = (selector: string) =>
      `document.querySelector('.screen-frame[data-node="${node}"] ${selector}').getBoundingClientRect()`;
    const field = place('.xterm-helper-textarea');
    const isAt = (left: string, top: string, apart: number) =>
      until(
        page,
        `Math.abs(${field}.left - (${left})) < ${apart} && Math.abs(${field}.top - (${top})) < ${apart}`,
      );
    const isWith = (selector: string) => isAt(`${place(selector)}.left`, `${place(selector)}.top`, 1);
    await isWith('.xterm-cursor');

    const devtools = await context.newCDPSession(page);
    await type('d');
    await devtools.send('Input.imeSetComposition', { text: '한', selectionStart: 1, selectionEnd: 1 });
    const composition = '.composition-view.active';
    await page.locator(composition, { hasText: '한' }).waitFor();
    const apart = await page.evaluate<number>(`Math.abs(${field}.left - ${place(composition)}.left)`);
    t.ok(apart < 1, 'before the field has followed the cursor');
    await devtools.send('Input.insertText', { text: '한' });
    await screen(page, node).getByText('echo abcd한').waitFor();
    await isWith('.xterm-cursor');

    const [x, y] = await startOf(screen(page, node).getByText('echo abcd한'));
    await page.mouse.click(x + 40, y, { button: 'right' });
    await isAt(`${x + 40}`, `${y}`, 20);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+C');
    await page.keyboard.press('Control+U');
  });

  await t.test('Ctrl+C without a selection ends the program', async () => {
    // By its own word: until a program has begun, Ctrl+C is bash's, which goes on to wait for it.
    await typeInto(page, node, 'clear; bash -c "echo \'b\'egun; exec sleep 1000"');
    await line('begun').waitFor();
    await page.locator('.terminal-tab[data-state="running"]', { hasText: node }).waitFor();
    await page.keyboard.press('Control+C');
    await prompt(page, node);
  });

  await t.test('a program knows the size of its terminal, however it got it', async (t) => {
    const seen = new Set<string>();
    const same = async (why: string) => {
      const size = await sizeOfScreen(page, node);
      await typeInto(page, node, 'clear; echo $(stty size) rows and columns');
      await line(`${size} rows and columns`).waitFor();
      t.notOk(seen.has(size), `${why}: ${size}, another size`);
      seen.add(size);
      await prompt(page, node);
    };
    await same('at first');
    const network = page.getByRole('separator', { name: 'Size of: Network' });
    await resized(page, node, () => network.press('ArrowUp'));
    await same('divider moved by keyboard');
    await resized(page, node, () => drag(page, 'Size of: Network', [0, -90]));
    await same('divider moved by mouse');
    await resized(page, node, () => page.setViewportSize({ width: 1300, height: 800 }));
    await same('smaller window');
    await resized(page, node, () => page.keyboard.press('Alt+Enter'));
    await same('the whole window');
    await resized(page, node, () => page.keyboard.press('Alt+Enter'));
    await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption('c');
    await prompt(page, 'c');
    await resized(page, node, () => page.getByRole('button', { name: 'Side by side' }).click());
    await same('beside another');
    await resized(page, node, () => drag(page, 'Width of the terminals', [-100, 0]));
    await same('narrower');
  });

  await t.test('what has scrolled away is found, by keys alone', async (t) => {
    const finding = page.getByRole('searchbox', { name: 'Find in the terminal' });
    await typeInto(page, node, "clear; echo 'need'le-one; seq 300; echo 'e'nd-of-it");
    await line('end-of-it').waitFor();
    await prompt(page, node);
    t.equal(await screen(page, node).getByText('needle-one').count(), 0, 'it is out of sight');
    await page.keyboard.press('Control+Shift+F');
    await finding.fill('needle-one');
    await line('needle-one').waitFor();
    await selected(page).waitFor();
    const count = (words: string) =>
      page.locator('.terminal-find').getByText(words, { exact: true }).waitFor();
    await count('1 / 1');
    // Of the numbers to 300: 77, 177 and 277.
    await finding.fill('77');
    await count('3 / 3');
    await page.keyboard.press('Enter');
    await count('2 / 3');
    await page.keyboard.press('Shift+Enter');
    await count('3 / 3');
    await finding.fill('no such output');
    await page.getByText('Not found.').waitFor();
    t.same(await violations(page), []);
    await page.keyboard.press('Escape');
    await finding.waitFor({ state: 'detached' });
    await type("echo 'b'ack\n");
    await line('back').waitFor();
    await page.keyboard.press('Control+.');
    await page.keyboard.press('o');
    await finding.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Scrollback' }).waitFor();
  });

  await t.test('an address that a program prints is a link', async (t) => {
    await typeInto(page, node, `clear; echo http'://'${new URL(daemon.url).host}/icon.svg`);
    const words = line(`http://${new URL(daemon.url).host}/icon.svg`);
    // By its place: the words are drawn anew as a link.
    const [x, y] = await startOf(words);
    await page.mouse.move(x, y);
    await page.mouse.move(x + 59, y);
    await page.locator('.xterm-cursor-pointer').waitFor();
    const [opened] = await Promise.all([context.waitForEvent('page'), page.mouse.click(x + 59, y)]);
    await opened.waitForURL('**/icon.svg');
    t.equal(await opened.evaluate('window.opener'), null);
    await opened.close();
  });

  await t.test("a screen reader reads a program's output", async (t) => {
    const reader = page.locator(`.screen-frame[data-node="${node}"] .xterm-accessibility`);
    t.equal(await reader.count(), 0);
    await page.locator('summary[aria-label="Settings"]').click();
    await page.getByLabel('Screen reader mode for terminals').check();
    await page.keyboard.press('Escape');
    await typeInto(page, node, "clear; echo 'r'ead-aloud");
    await reader.getByRole('listitem').getByText('read-aloud', { exact: true }).waitFor();
    await reader.locator('[aria-live]').getByText('read-aloud').waitFor();
    t.same(await violations(page), []);
    await page.reload();
    await prompt(page, node);
    await typeInto(page, node, "echo 'a'gain");
    await reader.getByRole('listitem').getByText('again', { exact: true }).waitFor();
  });

  t.same(complaints, []);
});

/** Just inside the first letter of a line on the screen, in pixels of the page; asked again where it is drawn anew. */
async function startOf(line: Locator): Promise<[number, number]> {
  for (;;) {
    const box = await line.boundingBox();
    if (box) return [box.x + 1, box.y + 8];
  }
}

const selected = (page: Page) => page.locator('.xterm-selection > div').first();

/** Rows and columns as the screen itself has them. */
async function sizeOfScreen(page: Page, node: string): Promise<string> {
  const rows = screen(page, node).locator('> div');
  await typeInto(page, node, `clear; printf 'x%.0s' $(seq 600)`);
  await prompt(page, node);
  await rows.getByText(/^x+$/).first().waitFor();
  const full = (await rows.allTextContents()).find((text) => /^x+$/.test(text)) ?? '';
  return `${await rows.count()} ${full.length}`;
}

/** Does what gives the screen another size, and waits until it has it. */
async function resized(page: Page, node: string, work: () => Promise<unknown>): Promise<void> {
  const size = `(() => {
    const { width, height } = document.querySelector('.screen-frame[data-node="${node}"] .xterm-screen')
      .getBoundingClientRect();
    return width + ' ' + height;
  })()`;
  // Known before the work begins: asked beside it, a busy browser answered with the size that came of it.
  const before = await page.evaluate<string>(size);
  await work();
  await until(page, `${size} !== '${before}'`);
}
