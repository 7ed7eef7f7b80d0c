import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../web/support/browser.ts';
import { startDaemon } from '../../web/support/daemon.ts';
import { prompt, showHosts, startLab, typeInto } from '../../web/support/lab.ts';
import { largeLab } from '../../web/support/large.ts';
import { median, timed } from '../figures.ts';
import type { Row } from './figures.ts';

/** From a key to what the page shows of its effect, and from a click to a hidden mistake, in a real browser. */
export async function pageRows(rounds: number): Promise<Row[]> {
  const labs = mkdtempSync(join(tmpdir(), 'hoplab-labs-'));
  const large = join(labs, 'mine', 'large');
  mkdirSync(large, { recursive: true });
  for (const [file, text] of Object.entries(largeLab)) writeFileSync(join(large, file), text);
  const ends: (() => Promise<void>)[] = [async () => rmSync(labs, { recursive: true })];
  const scope = { teardown: (work: () => Promise<void>) => void ends.unshift(work) };
  try {
    const daemon = await startDaemon(scope, { HOPLAB_LABS: labs });
    const { page } = await openBrowser(scope, { reducedMotion: 'reduce' });
    await page.goto(daemon.url);
    await startLab(page, 'A Linux host as the router');
    await prompt(page, 'a');
    const small = await ticks(page, rounds, {
      ...{ node: 'a', lines: ['ip route add 192.168.2.0/24 via 192.168.1.6', 'ip route del 192.168.2.0/24'] },
      tick: '.checks li:has-text("a has a route to 192.168.2.5") .mark-pass',
    });
    const picture = await ticks(page, rounds, {
      ...{ node: 'a', lines: ['ip link set eth0 down', 'ip link set eth0 up'] },
      tick: '.card:has-text("192.168.1.5/24") .lamp-down',
    });
    const practice: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await page.locator('.screen-frame textarea').first().focus();
      await page.keyboard.press('Control+.');
      await page.keyboard.press('b');
      await page.getByRole('dialog').getByLabel('Seed').fill(String(round));
      practice.push(
        await timed(async () => {
          await page.keyboard.press('Enter');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
          const card = page.locator('.practice', { hasText: `no. ${round}` });
          await card.locator('.symptoms li').first().waitFor();
        }),
      );
    }
    await page.goto('about:blank');
    await page.goto(daemon.url);
    await startLab(page, 'Large');
    await showHosts(page);
    await page.locator('.card', { hasText: '10.0.0.99/24' }).waitFor();
    const hundred = await ticks(page, Math.min(rounds, 3), {
      ...{ node: 'host', lines: ['ip netns add red', 'ip netns del red'], tick: '.checks li .mark-pass' },
    });
    const row = { unit: 'ms', baseline: '-', beside: null } as const;
    return [
      { what: 'typed command to tick on the page', figure: small, ...row, goal: 'under 300 ms' },
      { what: 'typed command to picture', figure: picture, ...row, goal: 'under 200 ms' },
      { what: 'typed command to tick, 100 nodes', figure: hundred, ...row, goal: 'under 500 ms' },
      {
        what: 'practice start on the page, to its symptoms',
        figure: median(practice),
        ...row,
        goal: 'under 1500 ms',
      },
    ];
  } finally {
    for (const end of ends) await end();
  }
}

interface Tick {
  node: string;
  /** What brings it, and what takes it away again. */
  lines: [string, string];
  tick: string;
}

/** Milliseconds from the Enter of a line to the tick, by the page's own clock. */
async function ticks(page: Page, rounds: number, { node, lines: [line, back], tick }: Tick): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.locator(tick).waitFor({ state: 'detached' });
    await prompt(page, node);
    await page.locator('.terminal-tab', { hasText: node }).getByRole('button').first().click();
    await page.locator(`.screen-frame[data-node="${node}"] textarea`).focus();
    await page.keyboard.type(line);
    // Changes of the line before have had their checks.
    await page.waitForTimeout(3000);
    times.push(
      await timed(async () => {
        await page.keyboard.press('Enter');
        await page.locator(tick).first().waitFor();
      }),
    );
    await typeInto(page, node, back);
  }
  return median(times);
}
