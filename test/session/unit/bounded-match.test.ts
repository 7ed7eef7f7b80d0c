import t from 'tap';
import { firstGroup } from '../../../src/session/bounded-match.ts';

t.test('the first group, in whichever line', async (t) => {
  t.equal(firstGroup('^status: (\\w+)', 'one\nstatus: NXDOMAIN, id 7'), 'NXDOMAIN');
  t.equal(firstGroup('(x)?y', 'y'), null);
  t.equal(firstGroup('(x)', 'y'), null);
});

t.test('a pattern that would take for ever has no match', async (t) => {
  t.equal(firstGroup('^((a+)+)$', `${'a'.repeat(200)}b`), null);
  t.equal(firstGroup('(a)', 'a'), 'a', 'and the next one is asked as ever');
});
