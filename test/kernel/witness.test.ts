import t from 'tap';
import type { Check, CheckArguments } from '../../src/core/check/check.ts';
import type { Step } from '../../src/core/lab/lab.ts';
import type { Machine } from '../../src/core/ports.ts';
import { checkStep } from '../../src/session/checker.ts';
import { prelude, routed } from '../support/causes.ts';
import { sh, workplace } from '../support/machines.ts';

const dropped = (hook: string, packets: string) =>
  `nft add table netdev t; nft add chain netdev t i '{ type filter hook ${hook} device v1 priority 0; }'
   nft add rule netdev t i ${packets} drop`;
const control = { from: 's', to: '10.0.2.1' };
const fails = (expect: CheckArguments['ping']['expect']): CheckArguments['ping'] => ({
  ...{ from: 'c', to: '10.0.2.2', expect, control },
});

const replies: CheckArguments['ping'] = { from: 'c', to: '10.0.2.2', expect: 'reply' };

/** The network, the expectation about a ping, and the check's result. */
const cases: [title: string, done: string, args: CheckArguments['ping'], verdict: string][] = [
  ['the failure that is expected', 'sysctl -qw net.ipv4.ip_forward=0', fails('forwarding-off'), 'pass'],
  [
    'a rule no table of iptables shows, in front of it',
    `sysctl -qw net.ipv4.ip_forward=0; ${dropped('ingress', 'ip saddr 10.0.1.2')}`,
    fails('forwarding-off'),
    'fail other-reason dropped-by-rule',
  ],
  ['no way back', 'ip -n s route del default', fails('reply-not-routed'), 'pass'],
  [
    'no way back, and rules of iptables-legacy on the way there',
    'ip -n s route del default; iptables-legacy -A FORWARD -j DROP',
    fails('reply-not-routed'),
    'fail other-reason dropped-by-rule',
  ],
  [
    'a rule that rejects, and is not heard',
    `iptables -A FORWARD -j REJECT; ${dropped('egress', 'ip daddr 10.0.1.2')}`,
    fails('rejected-by-rule'),
    'pass',
  ],
  [
    'a silence that only packets explain, by a table of nftables',
    `nft add table inet f; nft add chain inet f c '{ type filter hook forward priority 0; }'
     nft add rule inet f c ip protocol icmp drop`,
    replies,
    'fail dropped-by-rule host',
  ],
  [
    'a silence that only packets explain, by a rule about questions',
    'ip netns exec s arptables -P INPUT DROP',
    replies,
    'fail question-dropped s',
  ],
  [
    'a destination that iptables-legacy gave, which no walk through the state knows',
    'iptables-legacy -t nat -A PREROUTING -d 10.0.2.2 -j DNAT --to-destination 10.0.2.9',
    replies,
    'fail neighbour-silent host',
  ],
];

async function verdictOf(machine: Machine, args: CheckArguments['ping']): Promise<string> {
  const check: Check = { id: 'one', kind: 'ping', args, needs: [], until: null };
  const [verdict] = await checkStep(machine, { id: 'step', checks: [check] } as Step, [check]);
  if (verdict?.status === 'pass') return 'pass';
  return [verdict?.status, verdict?.reason, verdict?.values.actual ?? verdict?.node].join(' ');
}

t.test('a failure is seen on the packets of the probe', (t) =>
  workplace(t, async ({ make }) => {
    for (const [title, done, args, verdict] of cases) {
      const machine = await make();
      await sh(machine, `${prelude}\n${routed}\n${done}`);
      t.equal(await verdictOf(machine, args), verdict, title);
      await machine.destroy();
    }
  }),
);
