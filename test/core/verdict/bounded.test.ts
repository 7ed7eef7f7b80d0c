import t from 'tap';
import { bounded } from '../../../src/core/verdict/bounded.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';

const long = 'x'.repeat(1_000_000);
const verdict: Verdict = {
  ...{ check: 'a', step: 'b', status: 'fail', reason: 'no-route', node: 'host', object: null },
  ...{ expected: 'a route', observed: 'none', values: { dst: '10.0.0.1' } },
  evidence: [{ on: 'host', command: 'ip route', output: 'default via 10.0.0.1\n\nlast' }],
};

t.test('a usual verdict stays as it is', (t) => {
  t.strictSame(bounded(verdict), verdict);
  t.end();
});

t.test("words of a machine's programs have an end", (t) => {
  const output = Array(20_000).fill(long.slice(0, 5000)).join('\n');
  const words = { object: long, expected: long, observed: long, values: { body: long } };
  const cut = bounded({ ...verdict, ...words, evidence: [{ on: 'host', command: long, output }] });
  t.ok(JSON.stringify(cut).length < 150_000);
  const lines = cut.evidence[0]?.output.split('\n') ?? [];
  t.equal(lines[0], `${'x'.repeat(1000)}...`);
  t.equal(lines.at(-1), '... 19900 more lines');
  t.match(cut.values, { body: /^x{4000}\.\.\.$/ });
  t.end();
});
