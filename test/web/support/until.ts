import type { Page } from 'playwright-core';

/** Waits until an expression is true in a frame of the page, whose policy forbids Playwright's waitForFunction. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const end = performance.now() + 60_000;
    const look = () => {
      if (${expression}) resolve();
      else if (performance.now() > end) reject(new Error('not in a minute'));
      else requestAnimationFrame(look);
    };
    look();
  })`);
}
