import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { judge } from '../../../src/core/check/judge.ts';
import { cure } from '../../../src/core/explain/explain.ts';
import { withCure } from '../../../src/core/explain/proved.ts';
import { outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const nat = ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'];

/** The cure for what blue does not reach, in a step with these other checks. */
function cured(filter: string[], failing: Check, others: Check[] = []): string[] {
  const observation = observe(namespaces().node('host', { rules: { nat, filter } }).spec);
  const asked = { check: failing, observation, processes: [], outcomes: [outcome('silence')] };
  return cure(withCure(asked, judge({ ...asked, step: 'step' }), others)).map(({ run }) => run);
}

const check = (kind: string, args: object) =>
  ({ id: kind, kind, args, needs: [], until: null }) as unknown as Check;
const ping = (to: string, expect = 'reply') => check('ping', { from: 'blue', to, expect });
const tcp = (port: number, expect = 'accepted') =>
  check('tcp', { from: 'blue', to: '192.168.1.3', port, expect });

const answers = '-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT';

t.test('a policy stays where another check expects it to drop', async (t) => {
  const drop = ['-P FORWARD DROP', answers];
  const open = 'iptables -t filter -P FORWARD ACCEPT';
  const own = 'iptables -t filter -A FORWARD -s 192.168.15.2 -d 192.168.1.3 -p icmp -j ACCEPT';
  t.strictSame(cured(drop, ping('192.168.1.3')), [open], 'no other check');
  t.strictSame(cured(drop, ping('192.168.1.3'), [ping('192.168.1.1')]), [open], 'another that should arrive');
  t.strictSame(cured(drop, ping('192.168.1.3'), [ping('192.168.1.1', 'dropped-by-rule')]), [own]);
  const traced = check('path', {
    ...{ from: 'blue', to: '192.168.1.1' },
    ends: { at: 'host', reason: 'dropped-by-rule' },
  });
  t.strictSame(cured(drop, ping('192.168.1.3'), [traced]), [own], 'a traced check');
});

t.test('the rule is for the port alone where another port stays closed', async (t) => {
  t.strictSame(cured(['-P FORWARD DROP', answers], tcp(80), [tcp(22, 'dropped-by-rule')]), [
    'iptables -t filter -A FORWARD -s 192.168.15.2 -d 192.168.1.3 -p tcp --dport 80 -j ACCEPT',
  ]);
});

t.test('a reply is let through by its own rule', async (t) => {
  const there = ['-P FORWARD DROP', '-A FORWARD -s 192.168.15.2 -p tcp --dport 80 -j ACCEPT'];
  t.strictSame(cured(there, tcp(80), [tcp(22, 'dropped-by-rule')]), [
    'iptables -t filter -A FORWARD -s 192.168.1.3 -d 192.168.15.2 -p tcp --sport 80 -j ACCEPT',
  ]);
});
