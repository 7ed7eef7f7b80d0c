import t from 'tap';
import { cure } from '../../../src/core/explain/explain.ts';
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
