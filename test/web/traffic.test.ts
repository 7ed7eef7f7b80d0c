import type { Page } from 'playwright-core';
import t from 'tap';
import { pictureOf } from '../../src/core/picture/model.ts';
import type { Crossing, Flow } from '../../src/web/state/protocol-types.ts';
import { whatText } from '../../src/web/topology/flow-words.ts';
import { runsOf } from '../../src/web/topology/runs.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab, typeInto } from './support/lab.ts';

const flow = { number: 1, protocol: 'icmp', own: false, verdict: 'answered', where: null } as Flow;
const crossing = (node: string, way: 'in' | 'out', link: string): Crossing => ({
  ...{ flow: 1, node, way, link, direction: 'request', packets: 1, after: 0 },
});

t.test('packets run along each cable once, in their order, away from the node that sent them', async (t) => {
  const picture = pictureOf(observe(namespaces().spec));
  const crossings = [
    crossing('red', 'out', 'veth-red'),
    crossing('host', 'in', 'veth-red-br'),
    crossing('host', 'out', 'veth-blue-br'),
    crossing('blue', 'in', 'veth-blue'),
  ];
  const { runs, halts } = runsOf(crossings, new Map([[1, flow]]), picture);
  t.same(
    runs.map(({ wire, backwards, turn }) => {
      const ends = picture.wires.find(({ id }) => id === wire)?.ends.map(({ element }) => element) ?? [];
      return [turn, ...(backwards ? ends.toReversed() : ends)];
    }),
    [
      [0, 'card red', 'switch host v-net-0'],
      [1, 'switch host v-net-0', 'card blue'],
    ],
  );
  t.same(halts, [], 'nothing is marked where it arrives');
  const dropped = { ...flow, verdict: 'dropped', where: { node: 'host', link: 'veth-red-br' } } as const;
  t.same(runsOf(crossings, new Map([[1, dropped]]), picture).halts, [
    { element: 'switch host v-net-0', turn: 2 },
  ]);
  const own = new Map([[1, { ...flow, own: true }]]);
  t.same(runsOf(crossings, own, picture).runs, [], "hoplab's own packets are none of the learner's");
});

t.test('a flow is called as its packets are', async (t) => {
  const to = (protocol: string, address: string, port: number | null = null) =>
    whatText({ ...flow, protocol, destination: { address, port } });
  t.equal(to('icmp', '10.0.0.1', 7), 'ICMP');
  t.equal(to('icmp', 'fd00::1', 7), 'ICMPv6');
  t.equal(to('ndp', 'fd00::1'), 'NDP');
  t.equal(to('tcp', 'fd00::1', 80), 'TCP 80');
});

t.test('whoever types ping sees the packets run, how they end, and follows one with a click', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);
  await page.goto(daemon.url);
  await startLab(page, 'Routing');
  await daemon.hoplab('apply', '--all');
  await page.locator('.react-flow__node').first().waitFor();
  await page.getByRole('button', { name: 'Live traffic' }).click();
  const list = page.locator('.flows');
  await list.waitFor();

  await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption('b');
  await typeInto(page, 'b', 'ping -i 0.5 192.168.2.10');
  const dots = page.frameLocator('.traffic-dots').locator('.traffic-dot');
  await dots.first().waitFor({ state: 'attached' });
  const inPage = await page.locator('.traffic-dot').count();
  t.equal(inPage, 0, 'the document that has the keyboard has none of their motions to look through');
  t.equal(
    await dots.first().evaluate('origin'),
    'null',
    'their document has no origin, and so a process of its own',
  );
  const row = flowOf(page, 'b → 192.168.2.10');
  await row.getByText('answered', { exact: true }).waitFor();
  await page
    .locator('.picture:not([data-detail="names"]) .card-addresses', { hasText: '192.168.2.10/24' })
    .waitFor();

  await daemon.hoplab('exec', 'router', 'sysctl', '-w', 'net.ipv4.ip_forward=0');
  await row.getByText('dropped', { exact: true }).waitFor();
  t.match(await row.innerText(), /router/, 'with the node where it ends');
  await page.locator('.react-flow__node.halted').first().waitFor();
  t.same(await violations(page), []);

  await page.getByRole('searchbox').fill('dropped icmp router');
  await row.waitFor();
  t.equal(await list.locator('tbody tr').count(), 1, 'all other flows are filtered');
  await page.getByRole('searchbox').fill('no such flow');
  await list.getByText('No flow fits the filter.').waitFor();
  await page.getByRole('searchbox').fill('');

  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.player').waitFor();
  t.equal(await page.getByRole('combobox', { name: 'To', exact: true }).inputValue(), '192.168.2.10');

  await page.getByRole('checkbox', { name: 'Packets on the picture' }).uncheck();
  await dots.first().waitFor({ state: 'detached' });
  t.same(complaints, []);
});

const flowOf = (page: Page, name: string) => page.locator('.flows tbody tr', { hasText: name }).first();
