import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { sideBySide } from '../../../src/core/check/side-by-side.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import { everyCheck } from '../../support/every-kind.ts';
import { observe } from '../../support/observation.ts';

const ping = (id: string): { check: Check } => ({
  check: {
    id,
    kind: 'ping',
    args: { from: 'host', to: '10.0.0.1', expect: 'reply' },
    needs: [],
    until: null,
  },
});
const others: Record<string, Check> = Object.fromEntries(everyCheck.map((check) => [check.id, check]));
const one = (id: string): { check: Check } => {
  const check = others[id];
  if (check === undefined) throw new Error(id);
  return { check };
};
const groups = (asked: { check: Check }[], seen: Observation = observe({ host: {} })) =>
  sideBySide(asked, seen).map((group) => group.map(({ check }) => check.id).join(' '));

t.test('probes that do not meet are sent side by side, eight at a time', async (t) => {
  t.strictSame(groups([ping('a'), one('link-0'), ping('b'), one('seen-0')]), ['a link-0 b seen-0']);
  const many = Array.from({ length: 10 }, (_, at) => ping(`p${at}`));
  t.strictSame(groups(many), ['p0 p1 p2 p3 p4 p5 p6 p7', 'p8 p9']);
  const read = many.flatMap((each) => [one('link-0'), each]);
  t.strictSame(
    groups(read).map((group) => group.split(' ').filter((id) => id.startsWith('p')).length),
    [8, 2],
    'a check that only reads state takes no place of a probe',
  );
  t.strictSame(groups([]), []);
});

t.test('a check that reads the effect of probes, or runs a command, keeps its place', async (t) => {
  t.strictSame(groups([ping('a'), ping('b'), one('neighbour-0'), ping('c'), ping('d')]), [
    'a b',
    'neighbour-0',
    'c d',
  ]);
  t.strictSame(groups([ping('a'), one('command-0'), ping('b')]), ['a', 'command-0', 'b']);
});

t.test('a trace, which watches counters, is alone behind the others', async (t) => {
  t.strictSame(groups([ping('a'), one('nat-0'), ping('b'), one('path-0')]), ['a b', 'nat-0', 'path-0']);
});

t.test('a check that needs another comes in a later group', async (t) => {
  const after = (id: string, need: string) => ({ check: { ...ping(id).check, needs: [need] } });
  t.strictSame(groups([ping('a'), ping('b'), after('c', 'a'), ping('d')]), ['a b', 'c d']);
  t.strictSame(groups([ping('a'), one('nat-0'), after('c', 'nat-0')]), ['a', 'nat-0', 'c']);
  t.strictSame(groups([ping('a'), after('b', 'elsewhere')]), ['a b']);
});

t.test('if rules or queues remember packets, probes are sent one after the other', async (t) => {
  const limited = { rules: { filter: ['-A INPUT -p icmp -m limit --limit 1/sec -j ACCEPT'] } };
  t.strictSame(groups([ping('a'), ping('b')], observe({ host: limited })), ['a', 'b']);
  const usual = { rules: { filter: ['-A INPUT -m comment --comment "quota" -j ACCEPT'] } };
  t.strictSame(
    groups([ping('a'), ping('b')], observe({ host: usual })),
    ['a', 'b'],
    'a word in a comment costs time only',
  );
});
