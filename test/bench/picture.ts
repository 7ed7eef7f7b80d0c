/**
 * The page's picture of large networks: `node test/bench/picture.ts [HOSTS...]`, as root, with the page built.
 * The networks are made up and sent to the page in place of the machine's; page, browser and drawing are real.
 */
import type { Page } from 'playwright-core';
import { openBrowser } from '../web/support/browser.ts';
import { startDaemon } from '../web/support/daemon.ts';
import { campus, Imagined } from '../web/support/imagined.ts';
import { startLab } from '../web/support/lab.ts';
import { median, timed } from './figures.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000];
const ends: (() => Promise<void>)[] = [];
const scope = { teardown: (work: () => Promise<void>) => void ends.unshift(work) };

try {
  const daemon = await startDaemon(scope);
  for (const hosts of sizes) {
    const { page, context } = await openBrowser(scope, { reducedMotion: 'reduce' });
    const imagined = await Imagined.between(page, campus(hosts));
    await page.goto(daemon.url);
    await page.evaluate(`{
      window.long = [];
      new PerformanceObserver((list) => window.long.push(...list.getEntries().map((each) => each.duration)))
        .observe({ type: 'longtask' });
    }`);
    const draw = await timed(async () => {
      await startLab(page, 'Playground');
      await page.locator('.react-flow__edge').first().waitFor({ state: 'attached' });
      await frame(page);
    });
    const drawing = await longest(page);
    const seen = page.locator('.react-flow__node').filter({ has: page.locator('.card') });
    await seen.first().waitFor({ state: 'attached' });
    const changes: number[] = [];
    for (const down of ['n1', null, 'n1', null, 'n1', null]) {
      await watchCards(page);
      changes.push(
        await timed(async () => {
          imagined.become(campus(hosts, down));
          await page.evaluate('window.changed');
          await frame(page);
        }),
      );
      await page.waitForTimeout(200);
    }
    const changing = await longest(page);
    const pan = await panning(page);
    const { cards, heap } = await page.evaluate<{ cards: number; heap: number }>(
      '({ cards: document.querySelectorAll(".react-flow__node").length, heap: performance.memory.usedJSHeapSize })',
    );
    console.log(
      [
        `${hosts} hosts: ${cards} cards, ${Math.round(heap / 1e6)} MB`,
        `started and drawn in ${Math.round(draw)} ms (longest task ${drawing})`,
        `a change in ${Math.round(median(changes))} ms (longest task ${changing})`,
        `panned at ${pan.fps} fps, worst gap ${pan.gap} ms`,
      ].join('; '),
    );
    await context.close();
    await daemon.hoplab('stop', '--all');
  }
} finally {
  for (const end of ends) await end().catch(() => {});
}

/** Until what was drawn is seen. */
async function frame(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
}

/** Milliseconds of the longest task since the last question. */
async function longest(page: Page): Promise<number> {
  return Math.round(await page.evaluate<number>('Math.max(0, ...window.long.splice(0))'));
}

/** `window.changed` is then the next change of a card. */
async function watchCards(page: Page): Promise<void> {
  await page.evaluate(`{
    window.changed = new Promise((resolve) => {
      new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
        .observe(document.querySelector('.react-flow__nodes'), { subtree: true, attributes: true, childList: true });
    });
    // Otherwise the promise is this question's answer.
    undefined;
  }`);
}

/** Moves the picture by the mouse for two seconds. */
async function panning(page: Page): Promise<{ fps: number; gap: number }> {
  const box = await page.locator('.react-flow__pane').boundingBox();
  if (!box) throw new Error('no picture');
  await page.evaluate(`{
    window.frames = [];
    const next = (now) => { window.frames.push(now); requestAnimationFrame(next); };
    requestAnimationFrame(next);
  }`);
  const [x, y] = [box.x + box.width - 80, box.y + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 100; step += 1) {
    await page.mouse.move(x - 3 * Math.abs((step % 50) - 25), y + 2 * (step % 50));
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  return page.evaluate<{ fps: number; gap: number }>(`(() => {
    const gaps = window.frames.slice(1).map((at, index) => at - window.frames[index]);
    const whole = window.frames.at(-1) - window.frames[0];
    return { fps: Math.round((gaps.length / whole) * 1000), gap: Math.round(Math.max(...gaps)) };
  })()`);
}
