import t from 'tap';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';

t.test(
  'a line of Korean ends neither after a bracket before a button nor before a particle after it',
  async (t) => {
    const daemon = await startDaemon(t);
    await daemon.hoplab('start', 'network-namespaces', '--step', 'route-back');
    const { page } = await openBrowser(t, { locale: 'ko-KR', width: 390, height: 844 });
    await page.goto(daemon.url);
    await page.getByRole('link', { name: '이어서 하기', exact: true }).click();
    await page.locator('.prose .prose-shell').first().waitFor();
    const parted: string[] = [];
    for (let width = 320; width < 420; width += 4) {
      await page.setViewportSize({ width, height: 844 });
      parted.push(...(await page.evaluate<string[]>(partings)));
    }
    t.same(parted, []);
    t.ok(await page.locator('.prose .glued').count(), 'there are such buttons');
    const overflow = 'document.documentElement.scrollWidth > innerWidth';
    t.equal(await page.evaluate(overflow), false);
  },
);

/** The signs right before and after each button of the text that are in another line than it. */
const partings = `[...document.querySelectorAll('.prose p :is(.term, .prose-shell)')].flatMap((button) => {
  const own = button.getBoundingClientRect();
  const walker = document.createTreeWalker(button.closest('p'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const inside = texts.filter((text) => button.contains(text));
  const before = texts[texts.indexOf(inside[0]) - 1];
  const after = texts[texts.indexOf(inside.at(-1)) + 1];
  const line = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const apart = (box) => box.bottom < own.top + 4 || box.top > own.bottom - 4;
  return [
    ...(/[([]$/.test(before?.data ?? '') && apart(line(before, before.length - 1)) ? [before.data.slice(-9) + button.textContent] : []),
    ...(/^\\S/.test(after?.data ?? '') && apart(line(after, 0)) ? [button.textContent + after.data.slice(0, 9)] : []),
  ];
})`;
