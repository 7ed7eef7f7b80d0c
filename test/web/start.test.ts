import t from 'tap';
import { violations, violationsInAll } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { startDaemon } from './support/daemon.ts';
import { clickCommand, screen, startLab } from './support/lab.ts';
import { ownLab } from './support/own-lab.ts';

/** Another author's track: one lab that this machine cannot run, after one that it can. */
const track = {
  'track.yaml':
    'title: { en: My own, ko: 내 실습 }\nafter: { en: Afterwards you can ping., ko: 마치고 나면 ping을 쓸 수 있습니다. }\norder: 9\nlabs: [first, second]\n',
  first: ownLab({ id: 'first', en: 'First', ko: '첫째' }),
  second: ownLab({
    id: 'second',
    en: 'Second',
    ko: '둘째',
    more: 'requires: [no-such-feature]\nprerequisites: [first]\n',
  }),
};

t.test(
  'tracks in order, what one can do afterwards, what comes before, what this machine lacks',
  async (t) => {
    const daemon = await startDaemon(t, { HOPLAB_LABS: t.testdir({ mine: track }) });
    const { page, complaints } = await openBrowser(t, { reducedMotion: 'reduce' });
    await page.goto(daemon.url);
    const card = (name: string) => page.locator('.lab-card', { has: page.getByRole('heading', { name }) });
    await page.getByText('Afterwards you can ping.').waitFor();
    await page.getByText('0 of 2 labs done · 14 min').waitFor();
    t.same((await page.locator('.lab-card h3').allTextContents()).slice(-2), ['First', 'Second']);

    const drawn = card('Switching').locator('.lab-thumbnail');
    t.equal(await drawn.locator('circle').count(), 2, 'two hosts');
    t.equal(await drawn.locator('line').count(), 2, 'each with a cable to the switch');
    await card('Second').getByText('no-such-feature').waitFor();
    await card('Second').getByText('hoplab doctor').waitFor();
    t.ok(await page.getByRole('button', { name: 'Start: Second' }).isDisabled());
    await card('Second').getByRole('img', { name: 'not done yet' }).waitFor();
    await card('Second').getByRole('button', { name: 'First' }).press('Enter');
    t.equal(await page.evaluate('document.activeElement.id'), 'lab-first', 'the way to the lab before');
    t.same(await violations(page), []);

    await startLab(page, 'First');
    await page.getByRole('link', { name: 'hoplab: All labs' }).click();
    await card('First').getByText('in progress').waitFor();
    await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();
    await page.getByText('Show me the solution').click();
    await page.getByRole('button', { name: 'Do it for me' }).click();
    await page.getByText('hoplab typed these steps').waitFor();
    await screen(page, 'host').getByText('── typed by hoplab ──').waitFor();
    await screen(page, 'host').getByText('host # ip netns add red').waitFor();
    await page.locator('.prose-place .badge', { hasText: 'shown' }).waitFor();
    await page.getByRole('link', { name: 'hoplab: All labs' }).click();
    await page.getByText('0 of 2 labs done').waitFor();
    await page.getByRole('region', { name: 'Continue' }).getByRole('link', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await page.locator('.prose-place .badge-bad').waitFor();
    await clickCommand(page, 'ip netns add red');
    await page.getByRole('heading', { name: 'All steps are done.' }).waitFor();
    const finished = page.locator('.finished');
    await finished.locator('div', { hasText: /^Hintsnone$/ }).waitFor();
    await finished.getByText('This lab: A.').waitFor();
    await finished.getByRole('button', { name: 'Practise: find a fault' }).waitFor();
    t.same(await violationsInAll(page), [], 'end card');
    const news = page.locator('.step-done p');
    await news.getByText('Step 1 is done.').waitFor();
    const [above, below] = [await news.boundingBox(), await page.locator('.screens').boundingBox()];
    const middle = (below?.y ?? 0) + (below?.height ?? 0) / 2;
    t.ok((above?.y ?? Number.NaN) + (above?.height ?? 0) < middle, 'it does not cover the prompt');
    await page.getByRole('link', { name: 'hoplab: All labs' }).click();
    await card('First').locator('.badge-good', { hasText: 'done' }).waitFor();
    await card('Second').getByRole('img', { name: 'done', exact: true }).waitFor();
    await page.getByText('1 of 2 labs done').waitFor();
    t.same(await violations(page), []);
    t.equal((await daemon.hoplab('start', 'switching')).code, 0);
    t.equal(await card('Switching').getByText('in progress').count(), 0);
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await card('Switching').getByText('in progress').waitFor();

    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByText('마치고 나면 ping을 쓸 수 있습니다.').waitFor();
    await page.getByText('실습 2개 중 1개 완료').waitFor();
    t.same(complaints, []);
  },
);

t.test('a lab whose author writes English alone is warned of, and shows it on a Korean page', async (t) => {
  const { 'ko.md': _, ...files } = ownLab({ id: 'alone', en: 'Alone', ko: '-' });
  const track = {
    'track.yaml': 'title: { en: In English }\nafter: { en: Afterwards you know. }\norder: 9\nlabs: [alone]\n',
    alone: { ...files, 'lab.yaml': files['lab.yaml'].replace(', ko: -', '').replace(', ko: 가.', '') },
  };
  const directory = t.testdir({ mine: track });
  const daemon = await startDaemon(t, { HOPLAB_LABS: directory });
  const linted = await daemon.hoplab('lint', `${directory}/mine/alone`);
  t.equal(linted.code, 0, 'it is no error');
  t.match(linted.stdout, /ko\.md/, 'but said');
  const { page, complaints } = await openBrowser(t, { locale: 'ko-KR', reducedMotion: 'reduce' });
  await page.goto(daemon.url);
  const card = page.locator('#lab-alone');
  await card.getByRole('heading', { name: 'Alone' }).waitFor();
  await card.getByRole('button', { name: /Alone/ }).click();
  await page.locator('.prose h3', { hasText: 'Make' }).waitFor();
  await page.locator('.prose').getByText('Type it.').waitFor();
  await clickCommand(page, 'ip netns add red');
  await page.getByRole('heading', { name: '모든 단계를 마쳤습니다' }).waitFor();
  t.same(await violations(page), []);
  t.same(complaints, []);
});
