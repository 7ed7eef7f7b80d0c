import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../web/support/browser.ts';
import { startDaemon } from '../../web/support/daemon.ts';
import { prompt, startLab, typeInto } from '../../web/support/lab.ts';
import type { Row } from './figures.ts';
import { childrenOf, processorTimeOf } from './memory.ts';

/** 100,000 datagrams a second from `a` to a port of `c` that nobody reads, in portions of a hundredth of a second. */
const flood = [
  'import socket,time',
  's=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)',
  's.connect(("192.168.2.10",9))',
  'end=time.monotonic()+SECONDS',
  'next=time.monotonic()',
  'sent=0',
  'while next<end:',
  '  for i in range(1000):',
  '    try: s.send(b"x"); sent+=1',
  '    except OSError: pass',
  '  next+=0.01',
  '  time.sleep(max(0,next-time.monotonic()))',
  'print(sent)',
].join('\n');

const seconds = 10;

/** What live traffic costs: the wait of whoever types, and the daemon's processor time in a flood. */
export async function typingRows(rounds: number): Promise<Row[]> {
  const ends: (() => Promise<void>)[] = [];
  const scope = { teardown: (work: () => Promise<void>) => void ends.unshift(work) };
  try {
    const daemon = await startDaemon(scope);
    const { page } = await openBrowser(scope);
    await page.goto(daemon.url);
    await startLab(page, 'Routing');
    await daemon.hoplab('apply', '--all');
    // What the lines changed is looked at and checked first: this is about typing.
    await daemon.hoplab('check', '--all');
    const quiet = await keys(page, rounds * 40);
    await page.getByRole('button', { name: 'Live traffic' }).click();
    await openTerminal(page, 'b');
    await typeInto(page, 'b', 'ping -i 0.02 192.168.2.10');
    await page.locator('.flows tbody tr', { hasText: 'b → 192.168.2.10' }).first().waitFor();
    const busy = await keys(page, rounds * 40);
    await page.locator('.terminal-tab', { hasText: 'b' }).getByRole('button').first().click();
    await page.locator('.screen-frame[data-node="b"] textarea').focus();
    await page.keyboard.press('Control+c');

    const bare = await flooded(daemon.hoplab, daemonPid());
    const rate = bare.sent / seconds;
    return [
      {
        ...{ what: 'key to screen, 95 of 100, while traffic is shown', figure: busy, unit: 'ms' },
        ...{ baseline: 'without traffic', beside: quiet, goal: 'under 25 ms' },
      },
      {
        what: `live traffic: daemon in a second of ${Math.round(rate / 1000)},000 packets, ${bare.lost} lost`,
        ...{ figure: bare.time / seconds, unit: 'ms', baseline: '-', beside: null },
        goal: 'under 50 ms (5 % of a processor), none lost',
      },
    ];
  } finally {
    for (const end of ends) await end();
  }
}

type Hoplab = (...args: string[]) => Promise<{ stdout: string }>;

/** Processor time of the daemon and of whatever it runs for itself; programs in machines are children of others. */
async function flooded(hoplab: Hoplab, daemon: number) {
  const received = async () => {
    const { stdout } = await hoplab('exec', 'c', 'cat', '/sys/class/net/eth0/statistics/rx_packets');
    return Number(stdout);
  };
  const send = (length: number) =>
    hoplab('exec', 'a', 'python3', '-c', flood.replace('SECONDS', String(length)));
  // The ping before is over, and the daemon's code as fast as it gets.
  await send(2);
  const before = await received();
  const processes = familyOf(daemon);
  const spent = () => processorTimeOf(...processes.filter(isThere));
  const start = spent();
  const { stdout } = await send(seconds);
  const time = spent() - start;
  const sent = Number(stdout);
  return { sent, time, lost: Math.max(0, sent - ((await received()) - before)) };
}

const familyOf = (pid: number): number[] => [
  pid,
  ...childrenOf(pid)
    .filter(isThere)
    .flatMap((child) => familyOf(child)),
];

function isThere(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`).length > 0;
  } catch {
    return false;
  }
}

/** The daemon is a child of this process. */
function daemonPid(): number {
  const isDaemon = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('\0daemon\0');
  return childrenOf(process.pid).filter(isThere).find(isDaemon) as number;
}

async function openTerminal(page: Page, node: string): Promise<void> {
  const tab = page.locator('.terminal-tab', { hasText: node });
  if ((await tab.count()) === 0)
    await page.getByRole('combobox', { name: 'Open a terminal on' }).selectOption(node);
  await prompt(page, node);
  await tab.getByRole('button').first().click();
  await page.locator(`.screen-frame[data-node="${node}"] textarea`).focus();
}

/** Milliseconds from a key to the frame that shows its letter, by the page's own clock: 95 of 100 are shorter. */
async function keys(page: Page, count: number): Promise<number> {
  await openTerminal(page, 'a');
  await page.evaluate(`{
    window.typed = [];
    let pressed = null;
    document.addEventListener('keydown', () => (pressed = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (pressed === null) return;
      const from = pressed;
      pressed = null;
      // The terminal draws within a frame; a task of its own runs when that frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.typed.push(performance.now() - from);
      port2.postMessage(null);
    }).observe(document.querySelector('.screen-frame[data-node="a"] .xterm-rows'), {
      subtree: true, childList: true, characterData: true,
    });
  }`);
  for (let key = 0; key < count; key++) {
    await page.keyboard.press(key % 40 === 39 ? 'Control+u' : 'x');
    await page.waitForTimeout(60);
  }
  const times = await page.evaluate<number[]>('window.typed');
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}
