import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import { type NodeSpec, observe } from '../support/observation.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { Imagined } from './support/imagined.ts';
import { prompt, startLab } from './support/lab.ts';
import { until } from './support/until.ts';

/** A node of a cluster with one pod on its bridge. */
const node = (name: string, pod: string, at: number): Record<string, NodeSpec> => ({
  [name]: {
    kind: 'host',
    links: {
      cni0: { kind: 'bridge', addresses: [`10.244.${at}.1/24`] },
      veth0: { master: 'cni0', peer: `${pod}:eth0` },
      eth0: { peer: `host:to-${name}`, addresses: [`192.168.1.${at + 2}/24`] },
    },
    routes: [`10.244.${3 - at}.0/24 via 192.168.1.${5 - at}`],
    rules: {
      nat: [
        '-A KUBE-SERVICES -d 10.105.230.102/32 -p tcp -m comment --comment "default/video-service:http cluster IP" -m tcp --dport 8080 -j KUBE-SVC-1',
      ],
    },
  },
  [pod]: { kind: 'pod', links: { eth0: { addresses: [`10.244.${at}.2/24`] } } },
});

const cluster = observe({
  host: { kind: 'machine', links: { 'to-node01': {}, 'to-node02': {} } },
  ...node('node01', 'web', 1),
  ...node('node02', 'client', 2),
});

const isCut = ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) =>
  scrollWidth > clientWidth + 1;

t.test(
  'a bridge says whose it is, a Service that no interface has its address, and all is in view',
  async (t) => {
    const daemon = await startDaemon(t);
    const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
    await Imagined.between(page, cluster);
    await page.goto(daemon.url);
    await startLab(page, 'Switching');

    const bridge = page.locator('.card-switch', { hasText: 'cni0' }).first();
    await bridge.getByRole('button', { name: 'cni0: Details of node01' }).waitFor();
    t.match(await bridge.locator('.card-kind').textContent(), /^bridge · node01/);

    const service = page.locator('.card-service');
    await service.getByText('10.105.230.102:8080').waitFor();
    t.equal(await service.locator('.card-name').innerText(), 'video-service');
    t.match(await service.locator('.card-kind').textContent(), /^default · Service/);
    await service.getByText('No interface has it.').waitFor();
    t.equal(await service.getByRole('button').count(), 0, 'it is no node: nothing can be opened');
    t.equal(await service.locator('.wire-end').count(), 0, 'nor has it a cable');
    const address = await service.locator('.card-addresses').evaluate(size);
    t.notOk(isCut(address), 'its address is whole');

    // Each route is whole, in two rows where one has no room for it.
    const routes = page.locator('.card-route > span');
    t.same((await page.locator('.card-route').first().innerText()).trim().split(/\s*\n\s*/), [
      '10.244.2.0/24',
      '→ 192.168.1.4',
    ]);
    for (const route of await routes.all())
      t.notOk(isCut(await route.evaluate(size)), await route.innerText());

    await until(
      page,
      `(() => {
      const pane = document.querySelector('.picture').getBoundingClientRect();
      const cards = [...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());
      return cards.every(({ x, y, right, bottom }) =>
        x >= pane.x && y >= pane.y && right <= pane.right && bottom <= pane.bottom);
    })()`,
    );
    const buttons = await boxOf(page.locator('.react-flow__controls'));
    for (const card of await page.locator('.card').all())
      t.notOk(meet(await boxOf(card), buttons), 'no card is under the buttons');
    t.same(await violations(page), []);
    t.same(complaints, []);
  },
);

t.test('on a phone the news of a step covers neither the tabs nor the prompt', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { width: 390, height: 844, reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await tab(page, 'Terminals');
  await prompt(page, '');
  await daemon.hoplab('apply');
  const news = page.locator('.step-done p');
  await news.getByText('Step 1 is done.').waitFor();
  const tabs = await boxOf(page.locator('.pane-tabs'));
  const cursor = page.locator('.screen-frame:visible .xterm-rows > div').first();
  t.notOk(meet(await boxOf(news), await boxOf(cursor)), 'the prompt is seen');
  t.ok((await boxOf(news)).y > (await boxOf(page.locator('header.top'))).bottom, 'and the head');
  for (const name of ['Terminals', 'Text', 'Network', 'Checks']) {
    await tab(page, name);
    const box = await boxOf(news);
    t.notOk(meet(box, tabs), `${name}: the tabs are seen`);
    t.ok(box.x >= 0 && box.right <= 390, `${name}: all of the news is`);
    t.same(await violations(page), [], name);
  }
  t.same(complaints, []);
});

t.test('beside terminals and packets the news of a step covers neither prompts nor tabs', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await prompt(page, '');
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption('b');
  await prompt(page, 'b');
  await daemon.hoplab('apply');
  const news = page.locator('.step-done p');
  await news.getByText('Step 1 is done.').waitFor();
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 900 });
    const box = await boxOf(news);
    for (const part of ['.pane-terminals', '.pane-packets', '.react-flow__controls'])
      t.notOk(meet(box, await boxOf(page.locator(part))), `${width}: ${part}`);
  }
  t.same(complaints, []);
});

t.test('work that takes its time is told in a place of its own', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  // The daemon never hears that the checks are asked.
  await page.routeWebSocket('**/ws', (route) => {
    const server = route.connectToServer();
    route.onMessage((data) => {
      if (typeof data !== 'string' || JSON.parse(data).method !== 'checks.run') server.send(data);
    });
    server.onMessage((data) => route.send(data));
  });
  await page.goto(daemon.url);
  await startLab(page, 'Switching');
  await prompt(page, '');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('status').getByRole('progressbar', { name: 'Working' }).waitFor();
  t.same(await violations(page), []);
  t.same(complaints, []);
});

const tab = (page: Page, name: string) => page.locator('.pane-tabs').getByRole('button', { name }).click();

const size = ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) => ({
  scrollWidth,
  clientWidth,
});

interface Edges {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

async function boxOf(element: Locator): Promise<Edges> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not seen');
  return { x: box.x, y: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

const meet = (one: Edges, other: Edges): boolean =>
  one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom;
