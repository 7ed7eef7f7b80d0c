import t from 'tap';
import { repairOf } from '../support/practice/repair.ts';
import { violations, violationsInAll } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { prompt, screen, startLab, typeInto } from './support/lab.ts';

t.test('a mistake is hidden, looked for, revealed, and the page reports its repair by itself', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await prompt(page, '');
  const card = page.locator('.practice');
  const question = page.getByRole('dialog');

  // By keyboard alone, from within a terminal.
  await page.locator('.screen-frame textarea').focus();
  await page.keyboard.press('Control+.');
  await page.keyboard.press('b');
  await question.getByText('The present machine is kept').waitFor();
  await question.getByLabel('Seed').fill('1');
  t.same(await violations(page), [], 'question');
  await page.keyboard.press('Enter');
  await card.getByText('Practice: find the fault').waitFor();
  await card.locator('.symptoms li').first().waitFor();
  t.same(await violationsInAll(page), [], 'searching');
  t.equal(
    await page.locator('.checks, .beside-check, .card.soon, .card-row.soon').count(),
    0,
    'nothing leads to it',
  );
  for (const [key, words] of [
    ['s', 'The search for the fault ends with it.'],
    ['r', 'the finished lab and the same fault'],
  ] as const) {
    await page.keyboard.press('Control+.');
    await page.keyboard.press(key);
    await question.getByText(words).waitFor();
    await page.keyboard.press('Escape');
  }
  const symptom = (await card.locator('.symptoms li').first().textContent()) ?? '';

  // Asked for while the checks run, by key: it waits for them, and is not lost.
  await page.keyboard.press('Control+.');
  await page.keyboard.press('c');
  await page.keyboard.press('Control+.');
  await page.keyboard.press('h');
  await card.getByText('Hint 1 of 4').waitFor();
  await card.getByRole('button', { name: 'Show the fault' }).click();
  await question.getByRole('button', { name: 'Show the fault' }).click();
  await card.getByText('The fault is in').waitFor();
  t.equal(await card.locator('.hint').count(), 0);
  t.same(await violationsInAll(page), [], 'shown');
  const read = (row: number) => card.locator('.revealed dd').nth(row).textContent();
  const [typed, meant] = [await read(0), await read(1)];
  const on = ((await card.locator('.revealed dt').first().textContent()) ?? '').replace('Typed on ', '');
  t.not(typed, meant);

  // It is repaired all the same, and the card says so.
  const lines = [{ on, typedOn: on, typed: typed?.startsWith('nothing') ? null : typed, meant: meant ?? '' }];
  const repair = async () => {
    await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption(on);
    for (const line of repairOf({ lines })) await typeInto(page, line.on, line.run);
    await page.getByText('Every check of the lab passes again.').waitFor();
  };
  await repair();
  t.equal(await page.locator('.step-done p', { hasText: 'Repaired' }).count(), 0, 'no praise for it');

  // The same number, the same mistake: this time it is found.
  await card.getByRole('button', { name: 'Another fault' }).click();
  await question.getByLabel('Seed').fill('1');
  await question.getByRole('button', { name: 'Begin' }).click();
  await card.getByText('Practice: find the fault').waitFor();
  await card.locator('.symptoms li', { hasText: symptom }).waitFor();
  await page.locator('.terminal-tab', { hasText: on }).locator('.terminal-close').click();
  await repair();
  const news = page.locator('.step-done p', { hasText: 'Repaired' });
  await news.getByRole('button', { name: 'Another fault' }).waitFor();
  t.same(await violations(page), [], 'repaired');
  await news.getByRole('button', { name: 'Close' }).click();
  await news.waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Which was it?' }).click();
  await card.getByText('No check fails because of it any more.').waitFor();

  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByText('모든 검사를 다시 통과합니다.').waitFor();
  await page.reload();
  await page.getByText('모든 검사를 다시 통과합니다.').waitFor();
  t.same(complaints, []);
});

t.test('practice begins on the start page, without the text of its lab', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  const start = page.getByRole('region', { name: 'Practise: find a fault' });
  await start.getByLabel('Lab').selectOption('A Linux host as the router');
  await start.getByLabel('Seed').fill('3');
  await page.keyboard.press('Enter');
  await page.locator('.practice').getByText('no. 3').waitFor();
  await page.locator('.practice .symptoms li').first().waitFor();
  t.equal(await page.locator('.prose .command:visible').count(), 0, 'no command to copy');
  await page.getByText('Text of the lab').click();
  await page.locator('.prose .command').first().waitFor();
  t.same(await violations(page), []);
  t.same(complaints, []);
});

t.test('a restart lists beforehand the losses and the rest, and keeps to it', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'A Linux host as the router');
  await typeInto(page, 'a', 'ip route add 192.168.2.0/24 via 192.168.1.6; echo kept > /etc/kept');
  await page.locator('.badge-good').waitFor();

  const menu = page.locator('.machine-menu summary');
  await menu.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.locator('.machine-menu summary:focus').waitFor();
  t.equal(await page.locator('.machine-menu[open]').count(), 0, 'closed, and the focus is back');
  await menu.press('Enter');
  t.same(await violations(page), [], 'menu');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Restart the machine' });
  await question.getByText('Files in /etc, /root, /home and /var.').waitFor();
  await question.locator('.changes-lost', { hasText: '192.168.2.0/24 via 192.168.1.6' }).waitFor();
  t.same(await violations(page), [], 'question');
  await question.getByRole('button', { name: 'Restart the machine' }).click();
  await screen(page, 'a').getByText('the machine was replaced').waitFor();
  await typeInto(page, 'a', 'echo $(cat /etc/kept), $(ip route show 192.168.2.0/24 | wc -l) routes');
  await screen(page, 'a').getByText('kept, 0 routes').waitFor();

  await page.keyboard.press('Control+.');
  await page.keyboard.press('u');
  await page
    .getByRole('dialog', { name: 'Undo' })
    .locator('.changes-gained', { hasText: '192.168.2.0/24' })
    .waitFor();
  await page.keyboard.press('Escape');
  t.same(complaints, []);
});
