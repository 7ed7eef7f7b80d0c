import t from 'tap';
import { affectedChecks } from '../../../src/core/check/affected.ts';
import type { ChangeKind } from '../../../src/core/check/changes.ts';
import type { Check } from '../../../src/core/check/check.ts';

const frame = { needs: [], until: null };
const checks: Check[] = [
  { ...frame, id: 'link', kind: 'link', args: { on: 'red', name: 'veth', absent: false } },
  { ...frame, id: 'file', kind: 'file', args: { on: 'red', nameserver: '10.0.0.1', absent: false } },
  { ...frame, id: 'ping', kind: 'ping', args: { from: 'red', to: '10.0.0.1', expect: 'reply' } },
  {
    ...{ id: 'known', needs: ['ping'], until: null },
    ...{ kind: 'neighbour', args: { on: 'red', address: '10.0.0.1', absent: false } },
  },
  {
    ...{ id: 'after', needs: ['known'], until: null },
    ...{ kind: 'netns', args: { name: 'red', absent: false } },
  },
];
const asked = (...kinds: ChangeKind[]) => affectedChecks(checks, new Set(kinds)).map(({ id }) => id);

t.test('a change concerns the checks whose answer it may turn, and those that wait for them', async (t) => {
  t.strictSame(asked('links'), ['link', 'ping', 'known', 'after']);
  t.strictSame(asked('files'), ['file', 'ping', 'known', 'after']);
  t.strictSame(asked('rules'), ['ping', 'known', 'after']);
  t.strictSame(asked('nodes'), ['link', 'file', 'ping', 'known', 'after']);
  t.strictSame(asked('processes'), []);
});

t.test('neighbours that a probe teaches cause no further probe', async (t) => {
  t.strictSame(asked('neighbours'), ['known', 'after']);
  t.ok(asked('permanent-neighbours').includes('ping'), 'what somebody typed does');
});
