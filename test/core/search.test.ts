import { readFileSync } from 'node:fs';
import t from 'tap';
import { searchLabs } from '../../src/core/lab/search.ts';
import { Library } from '../../src/library/library.ts';

const { pathname } = new URL('../../labs', import.meta.url);
const labs = (await Library.read([pathname])).list();
const placesOf = (query: string, language: 'en' | 'ko' = 'en') =>
  searchLabs(labs, query, language).map(({ lab, step }) => (step === null ? lab : `${lab}/${step}`));

t.test('every word is looked for, in title, text and commands of both languages', async (t) => {
  t.equal(placesOf('Network Namespaces')[0], 'network-namespaces', 'the one with both in its title is first');
  t.ok(placesOf('NETWORK namespaces').includes('network-namespaces'), 'in any case');
  t.ok(placesOf('ip netns add red').some((place) => place.startsWith('network-namespaces/')));
  t.ok(placesOf('네임스페이스', 'ko').includes('network-namespaces'));
  t.ok(
    placesOf('네임스페이스'.normalize('NFD'), 'ko').includes('network-namespaces'),
    'however it is composed',
  );
  t.ok(placesOf('default-gateway').includes('default-gateway'), 'by its id');
  t.same(placesOf('namespaces no-such-word'), []);
  t.same(placesOf('   '), []);
  t.ok(placesOf('(.*').length < labs.length, 'signs are themselves');
});

t.test('an excerpt is the text around the first word found, without marks', async (t) => {
  for (const { lab, excerpt, title } of searchLabs(labs, 'masquerade', 'en')) {
    t.ok(`${title} ${excerpt}`.toLowerCase().includes('masquerade'), `${lab}: ${excerpt}`);
    t.ok(excerpt.length < 200, `${lab}: short`);
    t.notMatch(excerpt, /```|\*\*/, `${lab}: plain`);
  }
  t.ok(searchLabs(labs, 'masquerade', 'en').length > 3);
});

t.test('what a step of a lab is called is what its text says', async (t) => {
  const text = readFileSync(`${pathname}/namespaces/network-namespaces/ko.md`, 'utf8');
  const steps = searchLabs(labs, '네임스페이스', 'ko').filter(
    ({ lab, step }) => lab === 'network-namespaces' && step !== null,
  );
  t.ok(steps.length > 3);
  for (const { title } of steps) t.ok(text.includes(title), title);
});
