import t from 'tap';
import { kinds } from '../../src/core/check/kinds/index.ts';
import { labSchema } from '../../src/core/lab/schema.ts';
import { issuesOf } from '../../src/core/text/issues.ts';
import { keysAt } from '../../src/core/text/keys.ts';

/** Lint's suggestion for an unknown key: file content -> the key that is meant. */
const misspelt: { written: object; meant: string }[] = [
  { written: { prer: [] }, meant: 'prerequisites' },
  { written: { topology: { nodes: { a: { sysctl: {} } } } }, meant: 'sysctls' },
  { written: inCheck({ listner: {} }), meant: 'listener' },
  { written: inCheck({ dsn: {} }), meant: 'dns' },
  { written: inCheck({ tlss: {} }), meant: 'tls' },
  { written: inCheck({ distribtion: {} }), meant: 'distribution' },
  { written: inCheck({ route: { vai: '192.0.2.1' } }), meant: 'via' },
  { written: inCheck({ file: { namesever: '192.0.2.1' } }), meant: 'nameserver' },
  { written: inCheck({ dns: { control: { fron: 'a' } } }), meant: 'from' },
  { written: { steps: [{ predict: [{ answer: { which: { a: { pign: {} } } } }] }] }, meant: 'ping' },
  { written: { steps: [{ faults: [{ change: [{ refusd: true }] }] }] }, meant: 'refused' },
];

for (const { written, meant } of misspelt) {
  t.test(`${meant}, misspelt`, (t) => {
    const { error } = labSchema.safeParse(written);
    const issues =
      error === undefined ? [] : issuesOf(error, labSchema, written).filter(({ key }) => key !== null);
    t.match(issues, [{ code: 'unknown-key', values: { key: issues[0]?.key, near: meant } }]);
    t.end();
  });
}

t.test('every kind of check is known where a check stands', (t) => {
  const keys = keysAt(labSchema, ['steps', 0, 'checks', 0]);
  t.strictSame(keys, ['id', 'needs', 'until', ...Object.keys(kinds)]);
  t.strictSame(keysAt(labSchema, ['steps', 0, 'nowhere', 'at', 'all']), []);
  t.end();
});

function inCheck(check: object) {
  return { steps: [{ checks: [{ id: 'a', ...check }] }] };
}
