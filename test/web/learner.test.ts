import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { check, clickCommand, look, prompt, screen, startLab, typeInto } from './support/lab.ts';

t.test('a whole lab, as a learner does it', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);
  await page.goto(daemon.url);
  await startLab(page, 'A Linux host as the router');
  const holds = (words: string) => check(page, words).locator('.mark-pass').waitFor();
  const title = (words: string) => page.locator('.prose h3', { hasText: words }).waitFor();

  await t.test('predicted before looking; the machine answers', async () => {
    const card = page.getByRole('group', { name: 'Question to predict' }).first();
    await card.getByLabel('a reply').check();
    await card.getByRole('button', { name: 'Ask the machine' }).click();
    await card.getByText('You said: a reply. The machine says: an error at once').waitFor();
  });

  await t.test('typed in a terminal, seen in the check and the picture', async () => {
    await prompt(page, 'a');
    await typeInto(page, 'a', 'ip route add 192.168.2.0/24 via 192.168.1.6');
    await holds('a has a route to 192.168.2.5');
    await holds('a reaches 192.168.2.6');
    await page.locator('.badge-good').waitFor();
    await page.locator('.card', { hasText: '192.168.2.6/24' }).waitFor();
  });

  await t.test('a click on a command of the text types it in the terminal of its node', async (t) => {
    await page.getByRole('button', { name: 'Next step' }).click();
    await title('The way back');
    await clickCommand(page, 'ip route add 192.168.1.0/24 via 192.168.2.6');
    await screen(page, 'c').getByText('ip route add 192.168.1.0/24 via 192.168.2.6').waitFor();
    await holds('c has a route to 192.168.1.5');
    t.equal(await page.locator('.screen-frame').count(), 2);
  });

  await t.test('commands of the text are hidden until they are asked for', async (t) => {
    const hide = async () => {
      await page.locator('summary[aria-label="Settings"]').click();
      await page.getByLabel('Hide commands in the text').click();
      await page.keyboard.press('Escape');
    };
    const command = page.locator('.prose .command', { hasText: 'ip route add 192.168.1.0/24' }).first();
    await command.waitFor();
    const marks = await page.locator('.beside-check').count();
    await hide();
    await command.waitFor({ state: 'hidden' });
    t.equal(await page.locator('.beside-check').count(), marks);
    t.same(await violations(page), []);
    await page.reload();
    const summary = page.locator('.hidden-commands summary', { hasText: 'Show the commands for c' }).first();
    await summary.focus();
    t.notOk(await command.isVisible(), 'remembered');
    await page.keyboard.press('Enter');
    await command.waitFor();
    await hide();
    await summary.waitFor({ state: 'detached' });
  });

  await t.test('never into a running program', async (t) => {
    await typeInto(page, 'c', 'sleep 1000');
    await page.locator('.terminal-tab[data-state="running"]', { hasText: 'c' }).waitFor();
    await clickCommand(page, 'ping -c 1 192.168.1.6');
    await page.locator('.notice', { hasText: 'A program is running in c' }).waitFor();
    t.notMatch(await screen(page, 'c').textContent(), /sleep 1000[\s\S]*ping/);
    await page.locator('.screen-frame[data-node="c"] textarea').focus();
    await page.keyboard.press('Control+c');
    await prompt(page, 'c');
  });

  await t.test('broken again: the step that was done is marked', async () => {
    await typeInto(page, 'c', 'ip route del 192.168.1.0/24');
    await page.locator('.badge-bad').waitFor();
    await check(page, 'c has a route to 192.168.1.5').locator('.mark-fail').waitFor();
    await check(page, 'c has a route to 192.168.1.5').getByRole('button').click();
    const details = check(page, 'c has a route to 192.168.1.5').locator('.verdict');
    await details.getByText('Observed').waitFor();
    await details.getByRole('button', { name: 'ip route' }).first().click();
    await screen(page, 'c')
      .getByText(/~# ip route$/)
      .first()
      .waitFor();
    await check(page, 'c has a route to 192.168.1.5').getByRole('button').first().click();
    await details.waitFor({ state: 'detached' });
    await typeInto(page, 'c', 'ip route add 192.168.1.0/24 via 192.168.2.6');
    await holds('c has a route to 192.168.1.5');
  });

  await t.test('reset, undo', async () => {
    await look(page, 'Forwarding');
    await typeInto(page, 'c', 'ip link set eth0 down');
    await page.locator('.card', { hasText: '192.168.2.5/24' }).locator('.lamp-down').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByText('a fresh machine').waitFor();
    await page.getByRole('dialog').locator('.changes-lost', { hasText: 'eth0 down' }).waitFor();
    await page
      .getByRole('dialog')
      .locator('.changes-gained', { hasText: '192.168.1.0/24 via 192.168.2.6' })
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await page.locator('.card', { hasText: '192.168.2.5/24' }).locator('.lamp-up').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog').locator('.changes-gained', { hasText: 'eth0 down' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.locator('.card', { hasText: '192.168.2.5/24' }).locator('.lamp-down').waitFor();
    await typeInto(page, 'c', 'ip link set eth0 up; ip route add 192.168.1.0/24 via 192.168.2.6');
    await page.locator('.card', { hasText: '192.168.2.5/24' }).locator('.lamp-up').waitFor();
  });

  await t.test('a packet is sent, watched, stepped through; predicted first', async (t) => {
    await page.getByRole('button', { name: 'Send a packet' }).click();
    await page.getByRole('combobox', { name: 'From', exact: true }).selectOption('a');
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('192.168.2.5');
    await page.getByLabel('Predict first').check();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Where will it end?').waitFor();
    t.equal(await page.locator('.packet-event').count(), 0, 'nothing is given away');
    await page.getByRole('button', { name: 'It ends at b' }).click();
    await page.getByText('You were right.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('.packet-event').first().click();
    await page.locator('.card.here', { hasText: 'Host A' }).waitFor();
    while (await page.getByRole('button', { name: 'Step ›', exact: true }).isEnabled()) {
      await page.getByRole('button', { name: 'Step ›', exact: true }).click();
    }
    await page.locator('.card.here', { hasText: 'Host B' }).waitFor();
    await page.locator('.packet-end-bad', { hasText: 'b' }).waitFor();
    t.ok(await page.locator('.wire.here').count());
    await typeInto(page, 'c', 'echo beside the packets');
    await screen(page, 'c').getByText('beside the packets').last().waitFor();
    t.equal(await page.locator('.packet-end-bad').count(), 1, 'the terminals are at hand beside it');
    await page.getByRole('button', { name: 'Close the packets' }).click();
  });

  await t.test('the other language loses nothing', async () => {
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('button', { name: '다음 단계' }).waitFor();
    await screen(page, 'c').getByText('ip link set eth0 up').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Next step' }).waitFor();
  });

  await t.test('a reload keeps the place and what the terminals showed', async (t) => {
    await page.reload();
    await title('Forwarding');
    await screen(page, 'c').getByText('before the reload').first().waitFor();
    t.match(await screen(page, 'c').textContent(), /ip link set eth0 up/);
    await prompt(page, 'c');
  });

  await t.test('the daemon is killed and comes back', async (t) => {
    await daemon.kill();
    await page.getByText('The connection to the daemon is lost').waitFor();
    await daemon.restart();
    await page.getByText('Connected again').waitFor();
    await screen(page, 'c').getByText('── a new shell ──').first().waitFor();
    await title('Forwarding');
    t.equal(await page.locator('.screen-frame').count(), 2);
  });

  await t.test('the hint ladder, then the lab goes on to its end', async (t) => {
    await page.getByRole('button', { name: 'Hint', exact: true }).click();
    await page.getByText('Hint 1 of 4').waitFor();
    for (const rung of [2, 3, 4]) {
      await page.getByRole('button', { name: 'A bigger hint' }).click();
      await page.getByText(`Hint ${rung} of 4`).waitFor();
    }
    await page.locator('.hint .command button').first().waitFor();
    await clickCommand(page, 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    await holds('a reaches 192.168.2.5');
    await page.getByRole('button', { name: 'Next step' }).click();
    for (const [step, lines] of [
      ['After a reboot', 4],
      ['The same with IPv6', 7],
    ] as const) {
      await title(step);
      await page.getByText('Show me the solution').click();
      await page.getByRole('button', { name: 'Do it for me' }).click();
      await page.getByText(`Typed ${lines} lines.`).waitFor();
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('4 of 4 pass').waitFor();
      if (step !== 'The same with IPv6') await page.getByRole('button', { name: 'Next step' }).click();
    }
    // Three steps were typed by the learner; the other two hoplab typed.
    await page.getByText('hoplab typed these steps').waitFor();
    await page.locator('.top-progress', { hasText: '3/5' }).waitFor();
    t.equal(await page.locator('.checks .mark-fail').count(), 0);
  });

  t.same(complaints, []);
});

t.test(
  'a check that passed and does not any more is a failure at once, one that never passed is not',
  async (t) => {
    const daemon = await startDaemon(t);
    const { page } = await openBrowser(t, { reducedMotion: 'reduce' });
    await page.goto(daemon.url);
    await startLab(page, 'Switching');
    await typeInto(page, 'a', 'ip addr add 192.168.1.10/25 dev eth0');
    await page.locator('#check-a-route .mark-pass').waitFor();
    await typeInto(page, 'a', 'ip addr del 192.168.1.10/25 dev eth0');
    await page.locator('#check-a-route .mark-fail').waitFor();
    await page.getByText('A check that passed before fails now.').waitFor();
    t.equal(await page.locator('#check-a-address .mark-not-yet').count(), 1);
    await page.reload();
    await page.locator('#check-a-route .mark-fail').waitFor();
    await page.getByText('A check that passed before fails now.').waitFor();
    t.equal(await page.locator('#check-a-address .mark-not-yet').count(), 1, 'a new page knows it too');
  },
);
