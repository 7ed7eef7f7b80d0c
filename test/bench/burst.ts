/**
 * The effect of sixty updates of a picture of a hundred nodes on typing: `node test/bench/burst.ts
 * [UPDATES]`, as root, with the page built. The browser's own Event Timing, from a key to the frame that
 * shows it, and its long tasks, during the burst and beside it the same typing while nothing changes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../web/support/browser.ts';
import { startDaemon } from '../web/support/daemon.ts';
import { prompt, showHosts, startLab, typeInto } from '../web/support/lab.ts';
import { largeLab, Updates } from '../web/support/large.ts';

const count = Number(process.argv[2] ?? 60);
const keys = 120;
const ends: (() => Promise<void>)[] = [];
const scope = { teardown: (work: () => Promise<void>) => void ends.unshift(work) };
const labs = mkdtempSync(join(tmpdir(), 'hoplab-labs-'));
const lab = join(labs, 'mine', 'large');
mkdirSync(lab, { recursive: true });
for (const [file, text] of Object.entries(largeLab)) writeFileSync(join(lab, file), text);

interface Felt {
  keys: number[];
  long: number[];
}

try {
  const daemon = await startDaemon(scope, { HOPLAB_LABS: labs });
  const { page } = await openBrowser(scope);
  const updates = await Updates.between(page);
  await page.goto(daemon.url);
  await startLab(page, 'Large');
  await showHosts(page);
  await page.locator('.card', { hasText: '10.0.0.99/24' }).waitFor();
  await typeInto(page, 'host', 'clear');
  await prompt(page, 'host');
  await page.evaluate(`{
    window.felt = { keys: [], long: [] };
    const follow = (options, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(options);
    follow({ type: 'event', durationThreshold: 16 }, ({ name, duration }) => {
      if (name === 'keydown') window.felt.keys.push(duration);
    });
    follow({ type: 'longtask' }, ({ duration }) => window.felt.long.push(duration));
  }`);
  report('quiet', await felt(page, (typed) => typed === keys));
  await updates.begin(count);
  const begun = performance.now();
  report('burst', await felt(page, () => updates.done));
  console.log(`${updates.sent} updates in ${Math.round(performance.now() - begun)} ms`);
} finally {
  for (const end of ends) await end();
  rmSync(labs, { recursive: true });
}

async function felt(page: Page, enough: (typed: number) => boolean): Promise<Felt & { typed: number }> {
  await page.evaluate('window.felt.keys = []; window.felt.long = []');
  let typed = 0;
  for (; !enough(typed); typed += 1) await page.keyboard.press(typed % 60 === 59 ? 'Control+U' : 'x');
  // The browser reports an event after the frame that shows it.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200)))');
  return { typed, ...(await page.evaluate<Felt>('window.felt')) };
}

/** Event Timing reports nothing under 16 ms: those count as 8. */
function report(name: string, { typed, keys, long }: Felt & { typed: number }): void {
  const all = [...Array(Math.max(0, typed - keys.length)).fill(8), ...keys].sort((a, b) => a - b);
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))];
  console.log(
    `${name}: ${typed} keys, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms; long tasks ${long.length}, longest ${Math.max(0, ...long)} ms`,
  );
}
