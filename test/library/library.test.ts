import t from 'tap';
import { Library } from '../../src/library/library.ts';

const shipped = new URL('../../labs', import.meta.url).pathname;

t.test('the shipped labs are all sound', async (t) => {
  const library = await Library.read([shipped]);
  t.strictSame(library.broken, []);
  t.ok(library.list().some(({ id }) => id === 'network-namespaces'));
});

t.test('a directory that is not there, and a lab that is not there', async (t) => {
  await t.rejects(Library.read(['/nowhere/labs']), {
    code: 'labs-directory-missing',
    message: /\/nowhere\/labs/,
  });
  const library = await Library.read([shipped]);
  t.throws(() => library.get('network-namespace'), {
    code: 'lab-not-found',
    message: 'there is no lab network-namespace; did you mean network-namespaces?',
  });
});

t.test('leaves a broken lab out and reports it; the others are there', async (t) => {
  const root = t.testdir({ track: { broken: { 'lab.yaml': 'hoplab: 1\n', 'en.md': '', 'ko.md': '' } } });
  const library = await Library.read([shipped, root]);
  t.match(library.broken, [{ directory: `${root}/track/broken`, problems: [{ file: 'lab.yaml' }] }]);
  t.ok(library.list().length > 0);
});
