import t from 'tap';
import { pairCauses } from '../../../src/core/diagnose/pairs.ts';
import type { FailedPair } from '../../../src/core/probe/pairs.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const ends = {
  red: { node: 'red', address: '192.168.15.1' },
  blue: { node: 'blue', address: '192.168.15.2' },
  host: { node: 'host', address: '192.168.1.2' },
  lan: { node: 'lan', address: '192.168.1.3' },
};

const pair = (
  from: keyof typeof ends,
  to: keyof typeof ends,
  result: FailedPair['result'] = 'silence',
): FailedPair => ({ from: ends[from], to: ends[to], result, by: null });

const causesIn = (failed: FailedPair[]) =>
  pairCauses(observe(namespaces().spec), failed).map(
    ({ finding: { reason, node }, pairs }) =>
      `${reason} ${node}: ${pairs.map(({ from, to }) => `${from.node} ${to.node}`).join(', ')}`,
  );

t.test('pairs that fail for one cause are together, those of most pairs first', async (t) => {
  t.strictSame(causesIn([]), []);
  t.strictSame(
    causesIn([pair('blue', 'red'), pair('red', 'lan', 'no-route'), pair('red', 'host', 'no-route')]),
    ['no-route red: red lan, red host', 'no-answer blue: blue red'],
    'a node without a route is one cause, whatever it sends to',
  );
  t.strictSame(
    causesIn([pair('blue', 'red'), pair('red', 'blue')]),
    ['no-answer blue: blue red, red blue'],
    'silences that nothing explains are together',
  );
});

t.test('of very many failed pairs some are looked into, over the whole of them', async (t) => {
  const failed = [
    ...Array.from({ length: 2000 }, () => pair('red', 'lan', 'no-route')),
    ...Array.from({ length: 1000 }, () => pair('blue', 'red')),
  ];
  const causes = pairCauses(observe(namespaces().spec), failed);
  t.strictSame(
    causes.map(({ finding }) => finding.reason),
    ['no-route', 'no-answer'],
  );
  const [routes = 0, silent = 0] = causes.map(({ pairs }) => pairs.length);
  t.ok(Math.abs(routes - 2 * silent) <= 2, `${routes} and ${silent}`);
  t.ok(routes + silent <= 201);
});
