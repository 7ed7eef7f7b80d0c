import type { Page } from 'playwright-core';
import t from 'tap';
import { questionIn } from '../../src/web/prose/trace-line.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { prompt, startLab } from './support/lab.ts';

t.test('the packet of a line of the text', async (t) => {
  t.same(questionIn('hoplab trace b 192.168.2.10'), {
    from: 'b',
    to: '192.168.2.10',
    probe: { kind: 'icmp' },
  });
  t.match(questionIn('hoplab trace c 10.96.0.10 --dns www.lab.example'), {
    probe: { kind: 'dns', name: 'www.lab.example' },
  });
  t.match(questionIn('hoplab trace c 10.0.0.1 --tcp 8000'), { probe: { kind: 'tcp', port: 8000 } });
  t.match(questionIn('hoplab trace c --http http://web/'), {
    to: '',
    probe: { kind: 'http', url: 'http://web/', port: 80 },
  });
  const none = [
    'hoplab trace',
    'hoplab trace c 10.0.0.1 --tcp x',
    'hoplab trace c 10.0.0.1 --size 9 --tcp 1',
  ];
  for (const line of none) t.equal(questionIn(line), null, line);
});

t.test(
  'a line of the text sends its packet, a prompt has the colour of its node, text its size',
  async (t) => {
    const daemon = await startDaemon(t);
    const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
    await page.goto(daemon.url);
    await startLab(page, 'Routing');
    await prompt(page, '');
    const prediction = page.locator('.prediction-card').first();
    await prediction.getByRole('radio').first().check();
    await prediction.getByRole('button', { name: 'Ask the machine' }).click();
    await page.getByRole('button', { name: 'Send this packet' }).click();
    await page.locator('.packet-end').waitFor();
    const pane = await boxOf(page, '.pane-packets');
    const end = await boxOf(page, '.packet-end');
    t.ok(end.y > pane.y && end.y + end.height < pane.y + pane.height, 'the end is in sight');
    await page.getByRole('button', { name: 'Another packet' }).click();
    t.ok((await boxOf(page, '.packet-form')).y > pane.y);
    t.equal(await page.evaluate("document.activeElement.closest('.packet-form') !== null"), true);
    t.equal(await page.getByRole('combobox', { name: 'From', exact: true }).inputValue(), 'b');
    t.equal(await page.getByRole('combobox', { name: 'To', exact: true }).inputValue(), '192.168.2.10');
    t.same(await violations(page), []);

    const focused = (selector: string) => page.locator(`${selector}:focus`).waitFor();
    const chord = async () => {
      await page.keyboard.press('Control+.');
      await page.keyboard.press('p');
    };
    await chord();
    await focused('#packets');
    await page.locator('.screen-frame textarea').focus();
    for (const why of ['opened', 'gone to']) {
      await chord();
      await focused('.packet-form input');
      t.equal(await page.locator('.packet-form').count(), 1, why);
      await page.locator('.screen-frame textarea').focus();
    }
    t.same(await violations(page), []);

    const seen = await promptIn(page);
    t.equal(seen.prompt, seen.node);
    t.equal(seen.size, '13px');
    await page.locator('summary[aria-label="Settings"]').click();
    await page
      .getByRole('group', { name: 'Text size in terminals' })
      .getByRole('button', { name: '18' })
      .click();
    const size = () =>
      page.evaluate<string>(
        "getComputedStyle(document.querySelector('.screen-frame[data-front] .xterm-rows')).fontSize",
      );
    for (let asked = 0; asked < 1000 && (await size()) !== '18px'; asked += 1);
    t.equal(await size(), '18px');
    t.same(await violations(page), []);

    const other = (await daemon.hoplab('start', 'default-gateway', '--json')).json().id;
    await page.goto(new URL(`/#/s/${other}`, daemon.url).href);
    await page.locator('h1', { hasText: 'Default gateway' }).waitFor();
    await page.locator('.react-flow__node').first().waitFor();
    await prompt(page, '');
    const there = await promptIn(page);
    t.equal(there.prompt, there.node, 'where the nodes took their colours later, too');
    t.same(complaints, []);
  },
);

async function boxOf(page: Page, selector: string) {
  return (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** The colour of the front terminal's prompt, that of its node, and the size of its text. */
async function promptIn(page: Page): Promise<{ prompt: string; node: string; size: string }> {
  const node = await page.locator('.terminal-tab').first().getByRole('button').first().textContent();
  await page
    .locator('.screen-frame[data-front] .xterm-rows span', { hasText: node ?? '' })
    .first()
    .waitFor();
  return page.evaluate(`(() => {
    const frame = document.querySelector('.screen-frame[data-front]');
    const name = [...frame.querySelectorAll('.xterm-rows span')].find((each) => each.textContent.startsWith('${node}'));
    const probe = document.createElement('i');
    probe.style.color = 'var(--node)';
    frame.append(probe);
    const node = getComputedStyle(probe).color;
    probe.remove();
    return { prompt: getComputedStyle(name).color, node, size: getComputedStyle(frame.querySelector('.xterm-rows')).fontSize };
  })()`);
}
