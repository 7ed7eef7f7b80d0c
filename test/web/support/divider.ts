import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Moves a divider by so many pixels, and waits until it is there; it moves in whole percents. */
export async function drag(page: Page, name: string, by: readonly [number, number]): Promise<void> {
  const divider = page.getByRole('separator', { name });
  await divider.hover();
  await page.mouse.down();
  const box = await divider.boundingBox();
  if (!box) throw new Error(`no divider ${name}`);
  const [x, y] = [box.x + box.width / 2 + by[0], box.y + box.height / 2 + by[1]];
  await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
  await until(
    page,
    `(() => {
      const { left, width, top, height } = document.querySelector('[role=separator][aria-label*="${name}"]')
        .getBoundingClientRect();
      return Math.abs(left + width / 2 - ${x}) < 10 && Math.abs(top + height / 2 - ${y}) < 10;
    })()`,
  );
}
