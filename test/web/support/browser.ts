import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

export interface Look {
  theme?: 'light' | 'dark';
  locale?: 'en-US' | 'ko-KR';
  width?: number;
  height?: number;
  reducedMotion?: 'reduce' | 'no-preference';
}

export interface Browser {
  context: BrowserContext;
  page: Page;
  /** The complaints of the page: errors, and violations of its policy. */
  complaints: string[];
}

interface Scope {
  teardown(work: () => Promise<void>): void;
}

/** Debian's chromium with an empty profile. */
export async function openBrowser(
  scope: Scope,
  {
    theme = 'light',
    locale = 'en-US',
    width = 1440,
    height = 900,
    reducedMotion = 'no-preference',
  }: Look = {},
): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'hoplab-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width, height },
    colorScheme: theme,
    locale,
    reducedMotion,
  });
  scope.teardown(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser reports a lost connection too; the page has its own words for it.
    const expected = /WebSocket connection|Failed to load resource|ERR_CONNECTION_REFUSED/;
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

async function chromiumPath(): Promise<string> {
  const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error(`no chromium in ${paths.join(', ')}`);
}
