import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import t from 'tap';
import { layout } from '../../src/core/picture/layout.ts';
import { pictureOf } from '../../src/core/picture/model.ts';
import { sketchOf } from '../../src/core/picture/sketch.ts';
import { htmlOf } from '../../src/core/share/html.ts';
import { mermaidOf } from '../../src/core/share/mermaid.ts';
import type { Shared } from '../../src/core/share/shared.ts';
import { svgOf } from '../../src/core/share/svg.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';

const hostile = `"><script>alert('x')</script>&\x00]]`;

t.test('whatever a machine calls its nodes, files hold it as text', async (t) => {
  const { nodes } = observe(namespaces().spec);
  const { red, ...others } = nodes;
  const observation = { nodes: { ...others, ...(red && { [hostile]: red }) } };
  const picture = pictureOf(observation);
  const hop = { place: hostile, colour: 'node-1', direction: 'request', text: hostile, notes: [hostile] };
  const shared: Shared = {
    language: 'en',
    title: hostile,
    trace: { title: hostile, hops: [hop, hop], end: hostile },
    challenge: { label: 'Challenge', command: 'hoplab start a && hoplab break --seed 1' },
    palette: {},
    services: [{ name: `${hostile}/${hostile}`, addresses: [hostile] }],
    virtual: hostile,
  };
  const sketch = sketchOf({
    picture,
    places: layout(picture, {}),
    order: [hostile],
    services: shared.services,
  });
  const { page, complaints } = await openBrowser(t);
  await page.setContent(htmlOf(shared, svgOf(sketch, shared)));
  t.equal(await page.locator('script, [onerror], foreignObject').count(), 0);
  const visible = hostile.replace('\x00', '\ufffd');
  t.equal(await page.locator('h1').textContent(), visible);
  t.equal(await page.locator('li b').first().textContent(), visible);
  const names = await page.locator('svg .name').allTextContents();
  t.ok(names.includes(`${visible.slice(0, 21)}…`), names.join());
  t.notOk(/[<>&]/.test(mermaidOf(picture, shared).replaceAll('<br/>', '').replaceAll('->>', '')));
  t.same(complaints, []);
});

t.test('picture and trace as one file that opens without a network, and as a challenge', async (t) => {
  const daemon = await startDaemon(t);
  await daemon.hoplab('start', 'network-namespaces', '--step', 'route-back');
  const { page, context, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await page.getByRole('combobox', { name: 'From', exact: true }).selectOption('blue');
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('8.8.8.8');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.packet-end-good').waitFor();
  const events = await page.locator('.packet-event').count();
  const pane = await page.locator('.pane-packets').boundingBox();
  const fourth = await page.locator('.packet-event').nth(3).boundingBox();
  t.ok(
    (fourth?.y ?? 0) + (fourth?.height ?? 0) < (pane?.y ?? 0) + (pane?.height ?? 0),
    'its way is in sight',
  );
  await page.keyboard.press('Control+.');
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Share picture and trace' });
  await dialog.getByText('blue → 8.8.8.8 (icmp)').waitFor();
  const challenge = await dialog.locator('pre').textContent();
  t.match(challenge, /^hoplab start network-namespaces && hoplab break --seed \d+$/);
  t.same(await violations(page), []);

  const saved = async (button: string) => (await download(page, button)).path();
  const html = await saved('Save as HTML');
  const svg = await readFile(await saved('Save as SVG'), 'utf8');
  const mermaid = await readFile(await saved('Save as Mermaid'), 'utf8');
  t.match(svg, /^<svg [\s\S]*animateMotion[\s\S]*<\/svg>$/);
  t.match(mermaid, /flowchart LR[\s\S]*"host<br\/>[\s\S]*sequenceDiagram[\s\S]*participant p0 as blue/);

  const own = t.testdir();
  const file = (name: string) => readFile(join(own, name), 'utf8');
  const ended = await daemon.hoplab(
    ...['share', 'network-namespaces', '--trace', 'blue', '8.8.8.8'],
    ...['--html', join(own, 'a.html'), '--svg', join(own, 'a.svg'), '--mermaid', join(own, 'a.md')],
  );
  t.equal(ended.code, 0, ended.stderr);
  const flowchart = (text: string) => text.split('sequenceDiagram')[0];
  t.equal(flowchart(await file('a.md')), flowchart(mermaid), 'the command line draws the same');
  t.match(await file('a.md'), /participant p0 as blue/);
  const shapes = (text: string) =>
    text.match(/<(rect|text|path)[^>]*? (d|x|y|width|height)="[^>]*>/g)?.length;
  t.equal(shapes(await file('a.svg')), shapes(svg));
  t.same(coloursIn(await file('a.svg')), coloursIn(svg), 'in the colours of the light theme');
  t.match(await file('a.html'), /^<!doctype html>[\s\S]*MASQUERADE[\s\S]*hoplab break --seed \d+</);
  t.match(svg, /class="frame-name"[^>]*>host</, 'what is inside of host stands in its frame');
  t.notMatch(await file('a.html'), /<script|src=|href=/);
  t.equal((await daemon.hoplab('share')).code, 2, 'no file is named');
  t.equal((await daemon.hoplab('share', 'nothing', '--svg', join(own, 'b.svg'))).code, 2);

  await context.setOffline(true);
  const alone = await context.newPage();
  const asked: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  await alone.setContent(await readFile(html, 'utf8'));
  t.same(asked, [], 'nothing is fetched');
  t.equal(await alone.locator('li').count(), events);
  await alone.locator('li', { hasText: 'MASQUERADE' }).first().waitFor();
  await alone.locator('svg .name', { hasText: 'router' }).waitFor();
  await alone.getByText(challenge ?? '').waitFor();
  t.same(await violations(alone), []);
  await alone.setViewportSize({ width: 390, height: 844 });
  t.same(await violations(alone), [], 'on a phone');
  const label = await alone.locator('svg .row').first().boundingBox();
  t.ok((label?.height ?? 0) >= 11, `its picture can be read there: ${label?.height}`);
  t.ok(await alone.evaluate('document.body.scrollWidth <= innerWidth'), 'and the text is not wider than it');
  t.same(complaints, []);
});

/** As `r,g,b`, however they are written. */
function coloursIn(svg: string): string[] {
  const found = [...svg.matchAll(/#([0-9a-f]{6})\b|rgb\((\d+, \d+, \d+)\)/g)].map(([, hex, rgb = '']) =>
    hex ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join() : rgb.replaceAll(' ', ''),
  );
  return [...new Set(found)].toSorted();
}

async function download(page: Page, button: string): Promise<Download> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return downloading;
}
