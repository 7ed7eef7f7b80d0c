import type { Page } from 'playwright-core';
import t from 'tap';
import { violations } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { startLab } from './support/lab.ts';

interface Labels {
  detail: string;
  smallest: number;
  names: string[];
  texts: string;
  /** Addresses whose end is not seen. */
  cut: string[];
}

/** The words on the cards as they are seen: how small the smallest are, and the names. */
const labels = (page: Page) =>
  page.evaluate<Labels>(`(() => {
    const picture = document.querySelector('.picture');
    const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a;
    const texts = [...picture.querySelectorAll('.card *')].filter(
      (each) =>
        [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
        each.checkVisibility({ checkVisibilityCSS: true }),
    );
    return {
      detail: picture.dataset.detail,
      smallest: Math.min(...texts.map((each) => Number.parseFloat(getComputedStyle(each).fontSize) * zoom)),
      names: texts.filter((each) => each.matches('.card-name')).map((each) => each.textContent),
      texts: texts.map((each) => each.textContent).join(' '),
      cut: texts
        .filter((each) => each.matches('.card-addresses *') && each.scrollWidth > each.clientWidth + 1)
        .map((each) => each.textContent),
    };
  })()`);

t.test('no label of the picture is smaller than 11 pixels; far away only the names are left', async (t) => {
  const daemon = await startDaemon(t);
  const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce', width: 1024, height: 768 });
  await page.goto(daemon.url);
  await startLab(page, 'Routing');
  await page.locator('.picture[data-detail]').waitFor();
  const seen = new Map<string, Labels>();
  for (let step = 0; step < 12; step += 1) {
    const now = await labels(page);
    t.ok(now.smallest >= 11, `${now.detail}: ${now.smallest}`);
    // From farther away 15 characters are seen, or as many as fit.
    if (now.detail !== 'addresses') t.same(now.cut, [], `${now.detail}: every address is whole`);
    seen.set(now.detail, now);
    const before = await page.locator('.picture').getAttribute('style');
    await page.locator(step < 3 ? '.react-flow__controls-zoomin' : '.react-flow__controls-zoomout').click();
    await page.locator(`.picture:not([style="${before}"])`).waitFor();
  }
  t.same([...seen.keys()].sort(), ['addresses', 'all', 'names', 'some']);
  t.match(seen.get('addresses')?.texts, /192\.168\.1\.10/);
  t.match(seen.get('addresses')?.texts, /forwards/, 'there is room for a row of badges');
  t.same(seen.get('names')?.names.sort(), ['a', 'b', 'c', 'd', 'router', 'switch-1', 'switch-2']);
  t.same(await violations(page), []);

  const broken = await page.evaluate<string[]>(`
    [...document.querySelectorAll('.command code')].flatMap((code) => {
      code.style.width = '6ch';
      const words = [...code.querySelectorAll('.whole-word')].filter((word) => word.textContent.length < 6);
      const line = Number.parseFloat(getComputedStyle(code).fontSize) * 2;
      const split = words.filter((word) => word.getBoundingClientRect().height > line);
      return words.length === 0 ? ['no words'] : split.map((word) => word.textContent);
    })`);
  t.same(broken, [], 'a line of a command is broken between its words, not behind a hyphen');
  t.same(complaints, []);
});
