import type { Page } from 'playwright-core';

/** A learner's actions on the page, in the page's own words. */

export async function startLab(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Start: ${title}` }).click();
  await page.locator('.prose h3').first().waitFor();
}

/** Waits for the prompt of the node's terminal. */
export function prompt(page: Page, node: string): Promise<void> {
  return page.locator(`.terminal-tab[data-state="prompt"]`, { hasText: node }).first().waitFor();
}

/** Types into the terminal itself, as with a keyboard. */
export async function typeInto(page: Page, node: string, line: string): Promise<void> {
  await prompt(page, node);
  await page.locator('.terminal-tab', { hasText: node }).getByRole('button').first().click();
  await page.locator(`.screen-frame[data-node="${node}"] textarea`).focus();
  await page.keyboard.type(`${line}\n`);
}

/** Clicks a command of the text. */
export async function clickCommand(page: Page, command: string): Promise<void> {
  await page.locator('.prose > .beside .command button', { hasText: command }).first().click();
}

/** The line of the list of checks that says this. */
export function check(page: Page, words: string) {
  return page.locator('.checks li', { hasText: words });
}

export function screen(page: Page, node: string) {
  return page.locator(`.screen-frame[data-node="${node}"] .xterm-rows`);
}

export async function look(page: Page, step: string): Promise<void> {
  await page.locator('.steps-menu summary').click();
  await page.locator('.steps-menu button', { hasText: step }).click();
}

/** In a large network the hosts of a switch are collapsed at first. */
export function showHosts(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Show the hosts of every bridge' }).click();
}
