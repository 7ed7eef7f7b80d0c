import t from 'tap';
import type { Resolution } from '../../src/core/path/recording/hop.ts';
import { compare } from '../../src/web/packet/comparison.ts';
import type { Sent } from '../../src/web/view/sent.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab, typeInto } from './support/lab.ts';

/** A packet that passes these nodes. */
function sent(nodes: string[], end: string, settings: Record<string, string>): Sent {
  const state = observe(namespaces().spec);
  if (state.nodes.router) state.nodes.router.sysctls = settings;
  const hops = nodes.map((node) => ({ node, in: null, out: null, layer: 'ip', changes: [], rules: [] }));
  const packets = [{ direction: 'request', name: { en: 'echo request', ko: '' }, hops }];
  return { path: { packets, upstream: [], end: { node: end } }, state, before: null } as unknown as Sent;
}

t.test('two paths part at the first event that differs, by a change in the node before it', async (t) => {
  const forwarding = (value: string) => ({
    'net.ipv4.ip_forward': value,
    'net.ipv4.conf.all.forwarding': value,
  });
  const before = sent(['lan', 'router'], 'router', forwarding('0'));
  const now = sent(['lan', 'router', 'internet'], 'internet', forwarding('1'));
  const { parting, rows, changes } = compare(before, now);
  t.equal(parting, 2);
  t.equal(rows[2]?.before, null);
  t.same(
    changes.map(({ change, node, text, there }) => [change, node, text, there]),
    [
      ['lost', 'router', 'net.ipv4.ip_forward = 0', true],
      ['gained', 'router', 'net.ipv4.ip_forward = 1', true],
    ],
  );
  t.equal(compare(now, now).parting, 3, 'the same path does not part');

  const asked = sent(['lan', 'router', 'internet'], 'internet', forwarding('0'));
  const hop = asked.path.packets[0]?.hops[0];
  if (hop) hop.resolution = { address: '192.168.1.1', answer: '02:00:00:00:00:01', by: null } as Resolution;
  const same = compare(asked, now);
  t.equal(same.parting, 3, 'nor does it for a neighbour that was not known yet');
  t.same(
    same.changes.map(({ there }) => there),
    [false, false],
    'and no change made a difference',
  );
});

t.test('after a change the packet is sent again, and compared with the one before', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await startLab(page, 'A Linux host as the router');
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('192.168.2.6');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.packet-end-bad').waitFor();
  t.equal(await page.locator('.packet-again, .compare').count(), 0, 'nothing has changed');

  await typeInto(page, 'a', 'ip route add 192.168.2.0/24 via 192.168.1.6');
  await page.getByText('The network has changed since in 1 place.').waitFor();
  t.same(await violations(page), [], 'changed');
  await page.getByRole('button', { name: 'Send again' }).click();
  const compared = page.getByRole('region', { name: 'Before and after' });
  await compared.locator('.there', { hasText: '192.168.2.0/24 via 192.168.1.6 dev eth0' }).waitFor();
  await compared.locator('.parting').waitFor();
  await compared.locator('.compare-ends .bad', { hasText: 'a' }).waitFor();
  await compared.locator('.compare-ends .good', { hasText: 'Delivered' }).waitFor();
  t.equal(await page.locator('.packet-again').count(), 0);
  const body = (await page.locator('.packets-body').boundingBox())?.y ?? Number.NaN;
  const end = (await page.locator('.packet-end').boundingBox())?.y ?? Number.NaN;
  t.ok(end >= body - 1 && end < body + 40, `the end is in view, above a long comparison: ${end - body}`);
  t.same(await violations(page), [], 'compared');

  const scrolled = () => page.evaluate<number>(`document.querySelector('.packets-body').scrollTop`);
  await page.locator('.packet-event').last().hover();
  const before = await scrolled();
  await typeInto(page, 'a', 'ip route add 192.168.3.0/24 via 192.168.1.6');
  await page.getByText('The network has changed since in 1 place.').waitFor();
  t.equal(await scrolled(), before, 'what changes moves nothing that is being read');

  await page.getByRole('button', { name: 'Close the packets' }).click();
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await compared.waitFor();
  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('region', { name: '바꾸기 전과 후' }).waitFor();
  t.same(complaints, []);
});
