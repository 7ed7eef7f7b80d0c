import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import t from 'tap';
import { dissect } from '../../src/core/capture/dissect.ts';
import { interfaceBlock, packetBlock, sectionHeader } from '../../src/core/pcapng.ts';
import type { Hop } from '../../src/core/picture/events.ts';
import { countersIn, stagesOf } from '../../src/web/packet/netfilter.ts';
import { framesOf } from '../../src/web/packet/pcapng.ts';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';

/** An echo request of 4 bytes of data from 192.168.15.2 to 8.8.8.8. */
const ping = Uint8Array.from(
  Buffer.from(
    '369dc456306ba27fd3d5d5d4' +
      '0800' +
      '45000020a0de40004001ba10c0a80f0208080808' +
      '0800e6b56d800001' +
      '01020304',
    'hex',
  ),
);

t.test('the frames of a trace, with their interface, direction and packet', async (t) => {
  const packet = { time: 5n, bytes: ping, length: ping.length };
  const file = Buffer.concat([
    sectionHeader('hoplab trace'),
    interfaceBlock('blue:veth-blue', 1),
    interfaceBlock('host:eth0', 1),
    packetBlock(1, { ...packet, way: 'out', comment: 'packet 2 of the probe: request, echo request' }),
    packetBlock(0, { ...packet, way: 'in' }),
  ]);
  t.same(
    framesOf(file.toString('base64')).map(({ bytes, ...frame }) => ({
      ...frame,
      same: Buffer.from(bytes).equals(ping),
    })),
    [
      { node: 'host', link: 'eth0', way: 'out', packet: 2, same: true },
      { node: 'blue', link: 'veth-blue', way: 'in', packet: null, same: true },
    ],
  );
});

t.test('a frame in layers; each field names the bytes that hold it', async (t) => {
  const layers = dissect(ping);
  t.same(
    layers.map(({ name, from, to }) => [name, from, to]),
    [
      ['Ethernet', 0, 14],
      ['IPv4', 14, 34],
      ['ICMP', 34, 42],
      ['Data', 42, 46],
    ],
  );
  const source = layers[1]?.fields.find(({ name }) => name === 'Source');
  t.match(source, { value: '192.168.15.2', from: 26, to: 30 });
  t.match(layers[2]?.fields[0], { value: '8 (echo request)' });
  t.same(
    dissect(ping.subarray(0, 20)).map(({ name }) => name),
    ['Ethernet', 'IPv4'],
    'cut off',
  );
  const six = Buffer.concat([
    ping.subarray(0, 12),
    Buffer.from(`86dd600000000000063f${'20010db8'}${'0'.repeat(23)}1${'20010db8'}${'0'.repeat(23)}2`, 'hex'),
  ]);
  t.match(dissect(six)[1]?.fields.at(-1), { name: 'Destination', value: '2001:db8::2' });
});

t.test('the stages inside a node, and where a packet comes no further', async (t) => {
  const hop = (changes: Partial<Hop>) =>
    ({
      in: 'eth0',
      out: null,
      layer: 'ip',
      hooks: ['prerouting'],
      rules: [],
      route: null,
      bridges: [],
      ...changes,
    }) as Hop;
  const said = (changes: Partial<Hop>) =>
    stagesOf(hop(changes)).map(
      (stage) => `${stage.kind === 'hook' ? stage.hook : stage.kind} ${stage.passed}`,
    );
  t.same(said({}), ['link true', 'prerouting true', 'route false']);
  t.same(said({ hooks: ['prerouting', 'input'] }), [
    'link true',
    'prerouting true',
    'route true',
    'input true',
    'process true',
  ]);
  t.same(said({ hooks: ['prerouting', 'forward'] }).slice(3), ['forward true', 'postrouting false']);
  t.same(said({ in: null, hooks: ['output', 'postrouting'], out: 'eth0' }).slice(2), [
    'output true',
    'postrouting true',
    'link true',
  ]);
  t.same(said({ layer: 'bridge', out: 'p2' }), ['link true', 'bridge true', 'link true']);
  t.equal(countersIn('*nat\n[3:252] -A POSTROUTING -j MASQUERADE\n').get('-A POSTROUTING -j MASQUERADE'), 3);
});

t.test('the packet opened: sequence, hooks with counters, bytes before and after NAT, a file', async (t) => {
  const daemon = await startDaemon(t);
  await daemon.hoplab('start', 'network-namespaces', '--step', 'route-back');
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Send a packet' }).click();
  await page.getByRole('combobox', { name: 'From', exact: true }).selectOption('blue');
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('8.8.8.8');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.packet-end-good').waitFor();
  await page.getByRole('button', { name: 'Sequence diagram' }).click();
  const hop = page.getByRole('button', { name: /^host: echo request/ });
  await hop.press('Enter');
  const rule = page.locator('.stage .matched', { hasText: 'MASQUERADE' });
  await rule.getByText(/packets? so far/).waitFor();
  await page.locator('.opened .hop-line', { hasText: /^Messageecho request, id \d+, seq \d+$/ }).waitFor();
  t.same(await violations(page), [], 'inside the node');

  const current = page.locator('.sequence-event.current:focus');
  const before = await current.getAttribute('aria-label');
  await page.keyboard.press('ArrowDown');
  t.not(await current.getAttribute('aria-label'), before);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.keyboard.press('End');
  await page.locator('.packet-end-good').waitFor();
  await hop.press('Enter');

  await page.getByRole('button', { name: 'Layers and bytes' }).click();
  const source = page.locator('.layer', { hasText: 'IPv4' }).getByRole('button', { name: /^Source/ });
  t.same(await source.locator('code').allTextContents(), ['192.168.15.2', '192.168.1.2']);
  await source.first().click();
  t.equal((await page.locator('.bytes .lit').allTextContents()).join(''), ' c0 a8 0f 02');
  t.same(await violations(page), [], 'layers');
  await page.getByRole('button', { name: 'Maximise: Packets' }).click();
  await page.locator('.bytes').last().scrollIntoViewIfNeeded();
  const [body, list] = [page.locator('.packets-body'), page.locator('.player-list')];
  const [room, beside] = [await body.boundingBox(), await list.boundingBox()];
  const read = await page.evaluate("document.querySelector('.packets-body').scrollTop");
  t.ok(Number(read) > 200, 'one has read on');
  t.match(beside, { y: room?.y }, 'the list stays beside it');
  await page.locator('.pane-packets .maximise').click();

  await page.getByRole('button', { name: '한국어' }).click();
  await page.locator('.layer').first().getByText('출발지').waitFor();
  const names = await page.locator('.layer li .quiet').allTextContents();
  t.same(
    names.filter((name) => !/[가-힣]/.test(name)),
    names.filter((name) => ['TTL', 'VLAN', 'VNI'].includes(name)),
    'each field has its Korean name',
  );
  await page.getByRole('button', { name: 'English' }).click();

  const slider = page.getByRole('slider', { name: 'Place in the trace' });
  await slider.press('Home');
  await page.locator('.card.here', { hasText: 'blue' }).waitFor();
  await place(page, '1');
  await slider.press('ArrowRight');
  await place(page, '2');
  await slider.press('Space');
  await page.getByRole('button', { name: 'Pause' }).press('Space');
  await slider.press('Home');
  await place(page, '1');
  const back = page.getByRole('button', { name: '‹ Back', exact: true });
  await back.press('ArrowRight');
  await place(page, '2');
  await back.press('Enter');
  await place(page, '1');
  await back.press('Enter');
  await place(page, '1');
  t.ok(await back.isDisabled());
  t.equal(await back.evaluate('document.activeElement.textContent'), '‹ Back', 'the focus is not lost');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as pcapng' }).click();
  const download = await downloading;
  const saved = await readFile(await download.path());
  t.equal(download.suggestedFilename(), 'blue-icmp.pcapng');
  t.ok(framesOf(saved.toString('base64')).some(({ node, packet }) => node === 'internet' && packet === 1));
  t.same(complaints, []);
});

/** Waits until the trace is at this event. */
const place = (page: Page, event: string) =>
  page.locator('.transport-place', { hasText: new RegExp(`^${event} / `) }).waitFor();
