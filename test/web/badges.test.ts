import type { Locator } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab } from './support/lab.ts';

const ports = [81, 82, 83, 84, 85, 86, 87, 88];

/** One process that listens to all of them. */
const listen = [
  'import socket, signal',
  `held = [socket.create_server(("", port)) for port in ${JSON.stringify(ports)}]`,
  'signal.pause()',
].join('\n');

t.test('a card shows as many badges as it has room for, and names the rest', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t);
  await page.goto(daemon.url);
  await startLab(page, 'Routing');
  const run = 'sysctl -qw net.ipv4.ip_forward=1; setsid python3 -c "$0" </dev/null >/dev/null 2>&1 &';
  await daemon.hoplab('exec', 'router', 'sh', '-c', run, listen);
  const link = 'ip link add uplink-to-lan type bridge && ip addr add 192.168.200.100/24 dev uplink-to-lan';
  await daemon.hoplab('exec', 'router', 'sh', '-c', link);

  const badges = page.locator('.card', { hasText: 'router' }).locator('.card-badges');
  const more = badges.locator('.badge-more');
  await badges.getByText(':88 ').waitFor({ state: 'attached' });
  await more.waitFor();
  const rest = Number((await more.innerText()).slice(1));
  const shown = badges.locator('.card-badge:not([data-left], .badge-more)');
  t.equal((await shown.count()) + rest, ports.length + 1, 'forwarding and each port, shown or counted');
  const named = (await more.getAttribute('title'))?.split(', ') ?? [];
  t.equal(named.length, rest, 'its title names all that it stands for');
  t.match(named.at(-1), /^:88/);
  for (const port of ports) t.match(await badges.getAttribute('aria-label'), `:${port}`);

  const address = page.locator('.card-addresses span', { hasText: '192.168.200.100/24' });
  await address.waitFor();
  const whole = await page.evaluate<boolean>(`
    [...document.querySelectorAll('.card-addresses span')].every((each) => each.scrollWidth <= each.clientWidth)`);
  t.ok(whole, 'an address is whole beside a long name');

  const edge = await right(badges.locator('.card-others'));
  for (const badge of [...(await shown.all()), more]) t.ok((await right(badge)) <= edge + 0.5, 'none is cut');
  t.same(await violations(page), []);

  await more.click();
  const sockets = page.getByRole('complementary', { name: 'router' });
  await sockets.getByRole('row', { name: /0\.0\.0\.0:88/ }).waitFor();
  t.same(complaints, []);
});

async function right(element: Locator): Promise<number> {
  const box = await element.boundingBox();
  return box === null ? Number.NaN : box.x + box.width;
}
