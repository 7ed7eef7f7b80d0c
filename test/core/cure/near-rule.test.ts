import t from 'tap';
import { cure } from '../../../src/core/explain/explain.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

/** The cure of a ping from blue to lan that the policy of FORWARD drops. */
function curedBy(...rules: string[]): string {
  const world = namespaces().node('host', { rules: { filter: ['-P FORWARD DROP', ...rules] } });
  const args = { from: 'blue', to: '192.168.1.3', expect: 'reply' } as const;
  const verdict = ask(world, 'ping', args, { outcomes: [outcome('silence')] });
  t.equal(verdict.reason, 'dropped-by-rule');
  return cure(verdict)
    .map(({ on, run }) => `${on} # ${run}`)
    .join('\n');
}

t.test('the rule that nearly lets a packet pass is corrected in a rule of its own', async (t) => {
  const back = '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  const forward = 'host # iptables -t filter -I FORWARD';
  t.equal(curedBy(back), 'host # iptables -t filter -P FORWARD ACCEPT', 'none is near');
  t.equal(
    curedBy('-A FORWARD -i v-net-0 -o v-net-0 -j ACCEPT', back),
    `${forward} 1 -i v-net-0 -o eth0 -j ACCEPT`,
    'another interface',
  );
  t.equal(
    curedBy(back, '-A FORWARD -s 192.168.15.1/32 -o eth0 -j ACCEPT'),
    `${forward} 2 -s 192.168.15.2 -o eth0 -j ACCEPT`,
    'another host, which keeps its rule',
  );
  t.equal(
    curedBy('-A FORWARD -i v-net-0 ! -o eth0 -j ACCEPT', back),
    `${forward} 1 -i v-net-0 -j ACCEPT`,
    'a condition turned round',
  );
});

t.test('where a rule nearly sends a packet elsewhere, all hints are about that rule', async (t) => {
  const hints = (from: string, conditions: string) => {
    const nat = [`-A PREROUTING ${conditions} -j DNAT --to-destination 192.168.15.2:80`];
    const world = namespaces().node('host', { listeners: [], rules: { nat } });
    const args = { from, url: 'http://192.168.1.2/', status: 200, expect: 'answer' } as const;
    const verdict = ask(world, 'http', args, { outcomes: [outcome('rejected')] });
    const [, where, idea, typed = ''] = ([1, 2, 3, 4] as const).map((rung) => rungOf(verdict, rung).en);
    return { where, idea, typed: typed.replace('# type:\n', ''), shown: verdict.evidence.at(-1)?.command };
  };
  const port = '-p tcp -m tcp --dport';
  for (const [conditions, wrong] of [
    [`${port} 8080`, `${port} 8080`],
    ['-p udp -m udp --dport 80', '-p udp'],
    [`-d 192.168.1.22/32 ${port} 80`, '-d 192.168.1.22/32'],
  ] as const) {
    const { where, idea, typed, shown } = hints('lan', conditions);
    t.equal(
      where,
      '`iptables -t nat -L PREROUTING -n -v` shows how many packets each rule has met: the counter of this one stays as it is.',
    );
    t.equal(idea, `Correct the condition \`${wrong}\` of the rule in host, so that it fits the packet.`);
    t.match(typed, /^host # iptables -t nat -R PREROUTING 1 /);
    t.equal(shown, 'iptables -t nat -S PREROUTING');
  }
  const own = hints('host', `${port} 80`);
  t.equal(own.idea, 'Add the rule to OUTPUT as well, which this packet passes.');
  t.match(own.typed, /^host # iptables -t nat -A OUTPUT /);
});

t.test("where the policy is Docker's, the chain that it leaves to others lets a packet pass", async (t) => {
  const docker = ['-A FORWARD -j DOCKER-USER', '-A FORWARD -o docker0 -j ACCEPT', '-A DOCKER-USER -j RETURN'];
  const user = 'host # iptables -I DOCKER-USER';
  const own = '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT';
  t.equal(
    curedBy('-N DOCKER-USER', ...docker, own),
    `${user} -i v-net-0 -o eth0 -j ACCEPT\n${user} -i eth0 -o v-net-0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
  );
  t.equal(
    curedBy('-N DOCKER-USER', '-A DOCKER-USER -i v-net-0 -o eth1 -j ACCEPT', ...docker, own),
    'host # iptables -t filter -I DOCKER-USER 1 -i v-net-0 -o eth0 -j ACCEPT',
    "a rule of the learner's own is corrected",
  );
});

t.test('a policy that refuses a packet gets a rule for it, on the side on which the pod is', async (t) => {
  const refusal = (pod: string) =>
    `-A FORWARD -m comment --comment "rule to REJECT traffic destined for POD name:${pod} namespace: shop, not allowed by few, more" -j REJECT --reject-with icmp-port-unreachable`;
  const patch = (pod: string, ...pods: string[]) => {
    const world = namespaces().node('host', { rules: { filter: [refusal(pod)] } });
    for (const one of pods) world.node(one, { kind: 'pod' });
    const args = { from: 'blue', to: '192.168.1.3', port: 80, expect: 'accepted' } as const;
    const verdict = ask(world, 'tcp', args, { outcomes: [outcome('rejected')] });
    t.equal(verdict.reason, 'rejected-by-rule');
    return cure(verdict)[0]?.run;
  };
  const peers = '[{"podSelector":{"matchLabels":{"KEY":"VALUE"}}}],"ports":[{"protocol":"TCP","port":80}]';
  const own = 'kubectl -n shop patch networkpolicy few --type=json -p ';
  t.equal(patch('lan', 'blue'), `${own}'[{"op":"add","path":"/spec/ingress/-","value":{"from":${peers}}}]'`);
  t.equal(patch('blue', 'lan'), `${own}'[{"op":"add","path":"/spec/egress/-","value":{"to":${peers}}}]'`);
  const block = (address: string) => `[{"ipBlock":{"cidr":"${address}/32"}}],"ports"`;
  t.match(patch('lan'), `{"from":${block('192.168.15.2')}`, 'a host outside has no labels');
  t.match(patch('blue'), `{"to":${block('192.168.1.3')}`);
});

t.test('an interface that no node has, named nearly as the one of the packet, is corrected', async (t) => {
  const back = '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  const replaced = 'host # iptables -t filter -R FORWARD';
  t.equal(curedBy('-A FORWARD -i v-nt-0 -j ACCEPT', back), `${replaced} 1 -i v-net-0 -j ACCEPT`);
  t.equal(curedBy(back, '-A FORWARD -o Eth0 -j ACCEPT'), `${replaced} 2 -o eth0 -j ACCEPT`);
  t.notMatch(curedBy('-A FORWARD -i docker0 -j ACCEPT', back), /docker0|-R/, 'not near');
  t.notMatch(curedBy('-A FORWARD -i veth-red-br -j ACCEPT', back), / -R /, 'an interface of the node');
  const world = namespaces().node('host', {
    rules: { filter: ['-P FORWARD DROP', '-A FORWARD -i v-nt-0 -j ACCEPT', back] },
  });
  const args = { from: 'blue', to: '192.168.1.3', expect: 'reply' } as const;
  const verdict = ask(world, 'ping', args, { outcomes: [outcome('silence')] });
  t.match(
    rungOf(verdict, 1).en,
    /A rule nearly lets it pass: `-A FORWARD -i v-nt-0 -j ACCEPT`; `-i v-nt-0` keeps it from matching\. host has no interface v-nt-0\.$/,
  );
  t.equal(rungOf(verdict, 3).en, 'Let the rule name the interface v-net-0 instead of v-nt-0.');
  t.match(rungOf(verdict, 1).ko, /host에 v-nt-0 인터페이스는 없습니다\.$/);
  const nat = ['-A POSTROUTING -o eht0 -j MASQUERADE'];
  const hidden = ask(namespaces().node('host', { rules: { nat } }), 'ping', args, {
    outcomes: [outcome('silence')],
  });
  t.match(rungOf(hidden, 1).en, /`-o eht0` keeps it from matching\. host has no interface eht0\.$/);
  const replies = namespaces().node('host', {
    rules: {
      nat: ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'],
      filter: [
        '-P FORWARD DROP',
        '-A FORWARD -i v-net-0 -j ACCEPT',
        '-A FORWARD -o v-nte-0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      ],
    },
  });
  const lost = ask(replies, 'ping', args, { outcomes: [outcome('silence')] });
  t.equal(
    rungOf(lost, 4).en,
    '# type:\nhost # iptables -t filter -R FORWARD 2 -o v-net-0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  );
});

t.test("beside Docker's rules the one with the name of no interface is corrected, both times", async (t) => {
  const filter = [
    ...['-N DOCKER-USER', '-P FORWARD DROP', '-A FORWARD -j DOCKER-USER'],
    ...['-A FORWARD -i docker0 ! -o docker0 -j ACCEPT', '-A FORWARD -i v-nt-0 ! -o v-nt-0 -j ACCEPT'],
    '-A FORWARD -o v-net-0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  ];
  const world = namespaces()
    .link('host', 'docker0', { kind: 'bridge' })
    .node('host', { rules: { nat: ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'], filter } });
  const args = { from: 'blue', to: '192.168.1.3', expect: 'reply' } as const;
  const verdict = ask(world, 'ping', args, { outcomes: [outcome('silence')] });
  t.match(rungOf(verdict, 1).en, /`-i v-nt-0` keeps it from matching\. host has no interface v-nt-0\.$/);
  t.equal(
    rungOf(verdict, 4).en,
    '# type:\nhost # iptables -t filter -R FORWARD 3 -i v-net-0 ! -o v-net-0 -j ACCEPT',
  );
});
