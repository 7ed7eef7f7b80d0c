import type { Page } from 'playwright-core';

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
  const isThere = `(divider) => {
    const { left, width, top, height } = divider.getBoundingClientRect();
    return Math.abs(left + width / 2 - ${x}) < 10 && Math.abs(top + height / 2 - ${y}) < 10;
  }`;
  await page.waitForFunction(isThere, await divider.elementHandle());
}
