import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { judge } from '../../../src/core/check/judge.ts';
import { cure, explain } from '../../../src/core/explain/explain.ts';
import { withCure } from '../../../src/core/explain/proved.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const nat = ['-A PREROUTING -i eth0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.168.15.2:80'];

const world = (...filter: string[]) =>
  namespaces()
    .node('host', { rules: { nat, filter } })
    .node('lan', { routes: ['192.168.15.0/24 via 192.168.1.2'] });

/** What is said of lan, which opens port 8080 of the host, sent on to blue, though a rule should drop it. */
function said(...filter: string[]): string {
  const args = { from: 'lan', to: '192.168.1.2', port: 8080, expect: 'dropped-by-rule' } as const;
  const verdict = ask(world(...filter), 'tcp', args, { outcomes: [outcome('answer')] });
  t.equal(verdict.reason, 'unexpected-reply');
  t.match(explain(verdict, 'ko').observed, /[가-힣]\.$/);
  return explain(verdict, 'en').observed.replace(/^.*Expected: [^.]*\. ?/, '');
}

/** The last rung for it: `answer`, the connection is opened, though a rule should `expect`; or it is refused. */
function typed(
  filter: string[],
  expect: 'dropped-by-rule' | 'rejected-by-rule',
  result: 'answer' | 'rejected' | 'silence',
) {
  const args = {
    from: 'lan',
    to: '192.168.1.2',
    port: 8080,
    expect,
    control: { from: 'lan', to: '192.168.1.2' },
  };
  const observation = observe(world(...filter).spec);
  const check = { id: 'closed', kind: 'tcp', args, needs: [], until: null } as unknown as Check;
  const asked = { check, observation, processes: [], outcomes: [outcome(result), outcome('reply')] };
  return cure(withCure(asked, judge({ ...asked, step: 'step' }), [check])).map(
    ({ on, run }) => `${on} # ${run}`,
  );
}

t.test('the rule is put where it stops the packet', async (t) => {
  const drop = (port: number, chain = 'FORWARD') =>
    `-A ${chain} -i eth0 -p tcp -m tcp --dport ${port} -j DROP`;
  const user = ['-N DOCKER-USER', '-A FORWARD -j DOCKER-USER', '-A FORWARD -i eth0 -j ACCEPT'];
  const own = '-i eth0 -p tcp -m tcp --dport 80 -j DROP';
  t.strictSame(typed([drop(8080)], 'dropped-by-rule', 'answer'), [`host # iptables -R FORWARD 1 ${own}`]);
  t.strictSame(typed([...user, drop(80)], 'dropped-by-rule', 'answer'), [
    `host # iptables -I DOCKER-USER ${own}`,
  ]);
  t.strictSame(typed([drop(80, 'INPUT')], 'dropped-by-rule', 'answer'), [
    `host # iptables -I FORWARD ${own}`,
  ]);
  t.strictSame(
    typed([], 'dropped-by-rule', 'answer'),
    ['host # iptables -nvL FORWARD --line-numbers'],
    'no rule is near: those that the packet meets',
  );
});

t.test('a rule that stops the packet by its other target keeps its place', async (t) => {
  const rule = (target: string) => `-A FORWARD -i eth0 -p tcp -m tcp --dport 80 -j ${target}`;
  const reject = 'REJECT --reject-with icmp-port-unreachable';
  const typedFor = 'host # iptables -t filter -R FORWARD 1 -i eth0 -p tcp -m tcp --dport 80 -j';
  t.strictSame(typed([rule(reject)], 'dropped-by-rule', 'rejected'), [`${typedFor} DROP`]);
  t.strictSame(typed([rule('DROP')], 'rejected-by-rule', 'silence'), [`${typedFor} REJECT`]);
});

t.test('a rule that nearly stops a packet', async (t) => {
  t.equal(said(), '', 'none');
  t.equal(
    said('-A FORWARD -i eth0 -p tcp -m tcp --dport 8080 -j DROP'),
    'A rule of host nearly stops it: `-A FORWARD -i eth0 -p tcp -m tcp --dport 8080 -j DROP`; `-p tcp -m tcp --dport 8080` keeps it from matching. There the packet is for 192.168.15.2:80: its destination was translated before.',
    'the port that was published, not the one behind it',
  );
  t.equal(
    said('-A INPUT -i eth0 -p tcp -m tcp --dport 8080 -j DROP'),
    '`-A INPUT -i eth0 -p tcp -m tcp --dport 8080 -j DROP` in host never sees it: host decides about this packet in FORWARD, not in INPUT.',
    'the chain of packets that the node takes in',
  );
  t.equal(
    said('-A FORWARD -i eth0 -j ACCEPT', '-A FORWARD -p tcp -m tcp --dport 80 -j DROP'),
    '`-A FORWARD -p tcp -m tcp --dport 80 -j DROP` in host would stop it, but stands behind `-A FORWARD -i eth0 -j ACCEPT`, which accepts it.',
    'behind a rule that accepts it',
  );
  t.equal(said('-A FORWARD -i v-net-0 -p udp -j DROP'), '', 'a rule for other packets');
});
