import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import type { Place } from '../../src/core/picture/place.ts';
import { placesAfter } from '../../src/web/topology/kept.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab } from './support/lab.ts';
import { largeLab } from './support/large.ts';
import { ownLab } from './support/own-lab.ts';
import { until } from './support/until.ts';

const framedLab = ownLab({
  id: 'framed',
  en: 'Framed',
  ko: '테두리',
  more: 'view: { host: [0, 0], lan: [1, 0] }\n',
  topology: {
    nodes: { host: {}, blue: {}, lan: { kind: 'host' } },
    links: [{ ends: ['host:eth0', 'lan:eth0'] }, { ends: ['host:to-blue', 'blue:eth0'] }],
  },
});

t.test('the places of cards that are gone are forgotten', async (t) => {
  const there = new Set(['card a', 'card b']);
  const [a, b, gone] = [1, 2, 3].map((x) => ({ x, y: 0 })) as [Place, Place, Place];
  t.strictSame(
    placesAfter({ 'card a': gone, 'card gone': gone }, { 'card a': a, 'card b': b }, (id) => there.has(id)),
    { 'card a': a, 'card b': b },
  );
});

t.test('the picture of a hundred nodes is read by keyboard, and kept', async (t) => {
  const labs = await mkdtemp(join(tmpdir(), 'hoplab-labs-'));
  t.teardown(() => rm(labs, { recursive: true }));
  for (const [id, files] of Object.entries({ large: largeLab, framed: framedLab })) {
    await mkdir(join(labs, 'mine', id), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(labs, 'mine', id, name), text);
  }
  const daemon = await startDaemon(t, { HOPLAB_LABS: labs });
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Large');

  await t.test('its hosts are collapsed, shown by a key, and stay as they were left', async (t) => {
    await page.locator('.card-stack').waitFor();
    t.equal(await page.locator('.card-card').count(), 2, 'beside them the machine and an outline');
    t.same(await violations(page), []);
    await page.locator('.card-stack button').focus();
    await page.keyboard.press('Enter');
    await card(page, 'n99').waitFor({ state: 'attached' });
    t.equal(await page.locator('.card-card').count(), 101);
    t.same(await looseEnds(page), [], 'each cable ends at its card');
    await page.reload();
    await card(page, 'n99').waitFor({ state: 'attached' });
    await chord(page, 'f');
    await page.locator('.card-stack').waitFor();
    t.equal(await page.locator('.card-card').count(), 2);
    t.same(await looseEnds(page), []);
  });

  await t.test('the packets of its collapsed hosts light up their box', async (t) => {
    const box = page.locator('.react-flow__node.passing .card-stack');
    // The hosts may still be announcing themselves.
    await box.waitFor({ state: 'detached' });
    const ping = daemon.hoplab('exec', 'n1', '--', 'ping', '-c', '8', '-i', '0.5', '10.0.0.2');
    await box.waitFor({ state: 'attached' });
    t.match((await ping).stdout, '8 received');
    await box.waitFor({ state: 'detached' });
  });

  await t.test('a search finds a host in the collapsed ones, and brings it into sight', async (t) => {
    await chord(page, '/');
    await page.keyboard.type('10.0.0.42');
    await page.getByText('1 of 1: n42').waitFor();
    t.equal(await page.locator('.react-flow__node.at .card-stack').count(), 1, 'it is among these');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node.at', { has: page.locator('.card-card') }).waitFor();
    await inSight(page, 'n42');
    t.same(await violations(page), []);
    await page.keyboard.press('Escape');
    t.equal(await focused(page), 'card n42');
  });

  await t.test('what the focus is on stands out with its cable and its switch', async (t) => {
    const near = await page.evaluate<string[]>(
      `[...document.querySelectorAll('[data-near]')].map(({ dataset }) => dataset.id)`,
    );
    t.same(near.toSorted(), ['card n42', 'n42:eth0 sw:p42', 'switch sw br0']);
  });

  await t.test('arrow keys lead to the next card, and move one; the browser keeps its place', async (t) => {
    await page.keyboard.press('ArrowDown');
    const next = await focused(page);
    t.match(next, /^card n\d+$/);
    t.not(next, 'card n42');
    const before = await placeOf(page, next);
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.getByRole('button', { name: 'Undo all moves of cards' }).waitFor();
    const after = await placeOf(page, next);
    t.same([after[0] - before[0], after[1] - before[1]], [88, 0]);
    await page.reload();
    await card(page, 'n42').waitFor({ state: 'attached' });
    t.same(await placeOf(page, next), after);
    await page.getByRole('button', { name: 'Undo all moves of cards' }).click();
    t.same(await placeOf(page, next), before);
  });

  await t.test('a map of all of it shows the part in view, and leads to another', async (t) => {
    await page.getByRole('button', { name: 'Zoom in' }).click({ clickCount: 4 });
    const top = () => page.locator('.minimap rect').getAttribute('y').then(Number);
    const before = await top();
    await page.locator('.minimap').click({ position: { x: 8, y: 4 } });
    await until(page, `Number(document.querySelector('.minimap rect').getAttribute('y')) < ${before}`);
    t.ok((await top()) < before);
  });

  await t.test('the table shows the nodes that the search finds', async (t) => {
    await chord(page, 't');
    await chord(page, '/');
    await page.keyboard.type('n99');
    await page.locator('.network-table tbody').nth(1).waitFor({ state: 'detached' });
    t.same(await page.locator('.network-table tbody strong').allInnerTexts(), ['n99']);
    t.same(await violations(page), []);
  });

  await t.test('a frame holds the machine and its namespaces, and not another host', async (t) => {
    await page.goto(new URL('/', daemon.url).href);
    await startLab(page, 'Framed');
    const frame = page.locator('.react-flow__node-frame');
    await frame.getByText('host').waitFor();
    const inside = await page.evaluate<boolean[]>(`(() => {
      const boxOf = (id) => document.querySelector('.react-flow__node' + id).getBoundingClientRect();
      const outer = boxOf('-frame');
      return ['host', 'blue', 'lan'].map((node) => {
        const box = boxOf('[data-id="card ' + node + '"]');
        return box.left > outer.left && box.top > outer.top &&
          box.right < outer.right && box.bottom < outer.bottom;
      });
    })()`);
    t.same(inside, [true, true, false]);
    t.match(await card(page, 'blue').innerText(), /inside host/);
    t.same(await violations(page), []);
  });
  t.same(complaints, []);
});

const card = (page: Page, node: string) => page.locator(`.react-flow__node[data-id="card ${node}"]`);

async function chord(page: Page, key: string): Promise<void> {
  await page.keyboard.press('Control+.');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press(key);
}

const focused = (page: Page) =>
  page.evaluate<string>(`document.activeElement.closest('.react-flow__node')?.dataset.id ?? ''`);

const placeOf = (page: Page, id: string) =>
  page.evaluate<[number, number]>(`(() => {
    const { e, f } = new DOMMatrix(document.querySelector('[data-id="${id}"]').style.transform);
    return [e, f];
  })()`);

/** Waits until a card is wholly in sight. */
async function inSight(page: Page, node: string): Promise<void> {
  await until(
    page,
    `(() => {
    const [outer, inner] = ['.picture', '[data-id="card ${node}"]'].map((each) =>
      document.querySelector(each).getBoundingClientRect());
    return inner.left >= outer.left && inner.top >= outer.top &&
      inner.right <= outer.right && inner.bottom <= outer.bottom;
  })()`,
  );
}

/** The cables that do not end on the edges of the two cards that they are named for. */
const looseEnds = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((node) => {
      const { e, f } = new DOMMatrix(node.style.transform);
      return { x: e, y: f, width: node.offsetWidth, height: node.offsetHeight };
    });
    const touches = ({ x, y }) => boxes.some((box) =>
      x > box.x - 4 && x < box.x + box.width + 4 && y > box.y - 4 && y < box.y + box.height + 4);
    return [...document.querySelectorAll('.react-flow__edge-path')].flatMap((path) => {
      const ends = [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())];
      return ends.every(touches) ? [] : [path.id];
    });
  })()`);
