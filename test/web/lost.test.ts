import type { Page } from 'playwright-core';
import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startForwarder } from './support/forwarder.ts';
import { check, prompt, screen, startLab, typeInto } from './support/lab.ts';

const first = 'way-there';

t.test('the page reports a lost connection, reconnects, and misses no event', async (t) => {
  const daemon = await startDaemon(t);
  const way = await startForwarder(t, daemon.url);
  const { page, complaints } = await openBrowser(t);
  const heard = new Heard(page);
  await page.goto(way.url);
  await startLab(page, 'A Linux host as the router');
  await prompt(page, 'a');

  const lost = page.getByText('The connection to the daemon is lost');
  const cut = async () => {
    await way.cut();
    await lost.waitFor();
  };
  const mend = async () => {
    await way.mend();
    await page.getByText('Connected again').waitFor();
    await lost.waitFor({ state: 'detached' });
  };
  const done = async (...command: string[]) =>
    t.equal((await daemon.hoplab(...command)).code, 0, `${command}`);
  const newestEvent = async () => (await daemon.hoplab('--json', 'status')).json().lastEvent as number;

  await t.test('changes by other clients meanwhile are there afterwards', async (t) => {
    await cut();
    const before = heard.last;
    await done('exec', 'a', 'ip', 'route', 'add', '192.168.2.0/24', 'via', '192.168.1.6');
    await done('hint');
    await done('check', first);
    t.ok((await newestEvent()) > before + 2, 'things happened meanwhile');
    await mend();
    await heard.reached(await newestEvent());
    await check(page, 'a reaches 192.168.2.6').locator('.mark-pass').waitFor();
    await page.locator('.badge-good').waitFor();
  });

  await t.test('also while it is coming back', async () => {
    for (const round of [1, 2]) {
      await cut();
      await Promise.all([mend(), done('hint'), done('check', first), done('hint')]);
      await heard.reached(await newestEvent());
      await typeInto(page, 'a', `clear; echo round-$((${round}))-done`);
      await screen(page, 'a').getByText(`round-${round}-done`, { exact: true }).waitFor();
    }
  });

  await t.test('and a machine that was replaced', async () => {
    await cut();
    await done('goto', first);
    await mend();
    await heard.reached(await newestEvent());
    await typeInto(page, 'a', "clear; echo $(ip route | grep -c 192.168.2.0) 'r'outes");
    await screen(page, 'a').getByText('0 routes', { exact: true }).waitFor();
    await check(page, 'a reaches 192.168.2.6').locator('.mark-pass').waitFor({ state: 'detached' });
  });

  for (const numbers of heard.connections) {
    t.same(numbers, numbers.toSorted(upwards), 'in their order');
  }
  const all = [...new Set(heard.connections.flat())].sort(upwards);
  const begin = all[0] ?? 0;
  t.same(
    all,
    Array.from({ length: heard.last - begin + 1 }, (_, at) => begin + at),
    'every event from the first to the last',
  );
  t.ok(heard.connections.filter((numbers) => numbers.length > 0).length >= 4, 'over several connections');
  t.same(complaints, []);
});

const upwards = (a: number, b: number) => a - b;

/** The numbers of the session's events that the page got, for each of its connections. */
class Heard {
  readonly connections: number[][] = [];
  #last = 0;
  #onLost: () => void = () => {};

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      const numbers: number[] = [];
      this.connections.push(numbers);
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload !== 'string') return;
        const { method, params } = JSON.parse(payload);
        if (method !== 'session.event') return;
        numbers.push(params.number);
        this.#last = params.number;
        this.#onLost();
      });
    });
  }

  get last(): number {
    return this.#last;
  }

  async reached(number: number): Promise<void> {
    while (this.#last < number) {
      await new Promise<void>((resolve) => {
        this.#onLost = resolve;
      });
    }
  }
}
