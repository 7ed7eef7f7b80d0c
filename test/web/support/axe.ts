import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** The violations of WCAG 2.2 AA that axe-core finds, a line each; animations end first. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(await source);
  await page.evaluate('Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})))');
  const options = JSON.stringify({ runOnly: { type: 'tag', values: rules } });
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, ${options}).then((all) => all.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  );
}

/** The same in both themes and both languages, which change under what is open: contrast does not depend on words. */
export async function violationsInAll(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [language, colorScheme] of [
    ['ko', 'dark'],
    ['en', 'light'],
  ] as const) {
    await page.evaluate(`document.querySelector('header.top .choice [lang=${language}]').click()`);
    await page.waitForFunction(`document.documentElement.lang === '${language}'`);
    await page.emulateMedia({ colorScheme });
    for (const each of await violations(page)) found.push(`${language}, ${colorScheme}: ${each}`);
  }
  return found;
}
