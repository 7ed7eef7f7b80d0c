import t from 'tap';
import type { NodeState } from '../../../src/core/state/observation.ts';
import { markFor } from '../../../src/kernel/trace/marks.ts';

t.test('the port of an earlier probe, which may be in TIME-WAIT, is not taken again', async (t) => {
  const node = { listeners: [] as unknown } as NodeState;
  for (const probe of [{ kind: 'tcp', port: 80 }, { kind: 'icmp' }] as const) {
    const marks = Array.from({ length: 5000 }, () => markFor(probe, node));
    t.equal(new Set(marks).size, marks.length, probe.kind);
  }
  const all = Array.from({ length: 10_000 }, () => markFor({ kind: 'tcp', port: 80 }, node));
  t.equal(Math.min(...all), 20_000);
  t.equal(Math.max(...all), 29_999);
});

t.test('a port on which a program listens is left out, and one that was asked for is taken', async (t) => {
  const first = markFor({ kind: 'tcp', port: 80 }, undefined);
  const listening = { listeners: [{ port: first + 1 }, { port: first + 2 }] as unknown } as NodeState;
  t.notOk([first + 1, first + 2].includes(markFor({ kind: 'tcp', port: 80 }, listening)));
  t.equal(markFor({ kind: 'tcp', port: 80, sourcePort: 25_000 }, listening), 25_000);
});
