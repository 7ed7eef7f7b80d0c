import type { Page } from 'playwright-core';

/** Moves a divider by so many pixels; by how many it then has moved. */
export async function drag(page: Page, name: string, by: readonly [number, number]) {
  const from = await middle(page, name);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + by[0], from[1] + by[1], { steps: 5 });
  await page.mouse.up();
  const to = await middle(page, name);
  return { name, by, moved: [to[0] - from[0], to[1] - from[1]] as const };
}

async function middle(page: Page, name: string): Promise<[number, number]> {
  const box = await page.getByRole('separator', { name }).boundingBox();
  if (!box) throw new Error(`no divider ${name}`);
  return [box.x + box.width / 2, box.y + box.height / 2];
}
