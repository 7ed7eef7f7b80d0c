import t from 'tap';
import { cure, explain } from '../../../src/core/explain/explain.ts';
import { ask, outcome } from '../../support/judged.ts';
import { World } from '../../support/namespaces.ts';
import { policy } from '../../support/observation.ts';

const args = {
  ...{ on: 'r', to: '192.0.2.10', from: '10.1.0.20', iif: 'lan', via: '198.51.100.5', dev: 'wan2' },
  absent: false,
};

/** A router with two uplinks and a table for the packets of 10.1.0.20, which decides so. */
function decided(route: string, line: string) {
  const world = new World({
    r: {
      kind: 'host',
      links: {
        lan: { addresses: ['10.1.0.1/24'] },
        wan1: { addresses: ['198.51.100.2/30'] },
        wan2: { addresses: ['198.51.100.6/30'] },
      },
      routes: ['default via 198.51.100.1', route],
      policies: [
        policy({
          ...{ priority: 100, from: '10.1.0.20/32' },
          action: { kind: 'table', table: '20', suppressPrefix: null },
        }),
      ],
    },
  });
  const body = `192.0.2.10 from 10.1.0.20 ${line} \n    cache iif lan \n`;
  return ask(world, 'route-get', args, { outcomes: [outcome('answer', { status: 0, body })] });
}

t.test('a wrong decision: of which table, and how its route is put right', async (t) => {
  const verdict = decided('default via 198.51.100.1 table 20', 'via 198.51.100.1 dev wan1 table 20');
  t.equal(verdict.reason, 'wrong-entry');
  t.match(explain(verdict, 'en').why, /rules of `ip rule` .* Here it is table 20\.$/);
  t.match(explain(verdict, 'en').idea, /^The route in table 20 must go by 198\.51\.100\.5\.$/);
  t.match(explain(verdict, 'ko').idea, /^20 테이블의 경로가 198\.51\.100\.5를 지나게 하세요\.$/);
  const run = 'ip route replace default via 198.51.100.5 dev wan2 table 20';
  t.strictSame(cure(verdict), [{ on: 'r', run, or: false }]);
});

t.test('where the table main decides, a rule may be missing: its route stays as it is', async (t) => {
  const verdict = decided('default via 198.51.100.5 table 21', 'via 198.51.100.1 dev wan1');
  t.match(explain(verdict, 'en').idea, /^Make a rule that sends this packet .* before table main is asked/);
  t.strictSame(cure(verdict), [{ on: 'r', run: 'ip rule', or: false }]);
});
