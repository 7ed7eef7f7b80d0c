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
  await page.evaluate(await source);
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
