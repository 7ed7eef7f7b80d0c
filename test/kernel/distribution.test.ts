import t from 'tap';
import type { CheckArguments } from '../../src/core/check/check.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { checkStep } from '../../src/session/checker.ts';
import { short } from '../support/judged.ts';
import { sh, workplace } from '../support/machines.ts';

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };
const asked: CheckArguments['distribution'] = {
  ...{ from: 'red', url: 'http://10.96.0.10/', requests: 2000, falseAlarm: 1e-6, spread: 'shares' },
  backends: { b1: 1, b2: 1, b3: 1 },
};

async function ask(machine: Machine, more: Partial<CheckArguments['distribution']> = {}): Promise<Verdict> {
  const args = { ...asked, ...more };
  const check = { id: 'spread', kind: 'distribution' as const, args, needs: [], until: null };
  const [verdict] = await checkStep(machine, step, [check]);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

const summary = (verdict: Verdict) =>
  short(verdict) + (verdict.object === asked.url ? '' : ` (${verdict.object})`);

/** red 10.0.1.1 - host - three servers 10.0.N.1, each of which says its name in body and header. */
const server = (n: number) => `ip netns add b${n}
ip link add name to-b${n} type veth peer name eth0 netns b${n}
ip -n b${n} addr add 10.1.${n}.1/24 dev eth0; ip addr add 10.1.${n}.2/24 dev to-b${n}
ip link set to-b${n} up; ip -n b${n} link set eth0 up; ip -n b${n} route add default via 10.1.${n}.2
printf 'events { } http { access_log off; server { listen 80; location / {
  add_header X-Served-By pod-${n}; return 200 "host=b${n}\\n"; } } } pid /run/b${n}.pid;' >/etc/b${n}.conf
ip netns exec b${n} nginx -c /etc/b${n}.conf`;
const network = `ip netns add red
ip link add name to-red type veth peer name eth0 netns red
ip -n red addr add 10.0.1.1/24 dev eth0; ip addr add 10.0.1.2/24 dev to-red
ip link set to-red up; ip -n red link set eth0 up; ip -n red route add default via 10.0.1.2
sysctl -qw net.ipv4.ip_forward=1
${[1, 2, 3].map(server).join('\n')}`;

/** Of each server a rule with this probability, null for none; `more` are its further matches. */
const rules = (probabilities: (number | null)[]) =>
  [
    'iptables -t nat -F PREROUTING',
    ...probabilities.map((one, index) => {
      const chance = one === null ? '' : `-m statistic --mode random --probability ${one.toFixed(10)}`;
      const service = '-d 10.96.0.10/32 -p tcp --dport 80';
      return `iptables -t nat -A PREROUTING ${service} ${chance} -j DNAT --to-destination 10.1.${index + 1}.1:80`;
    }),
  ].join('\n');

t.test('a service of three servers, right and with the well-known wrong probabilities', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, network);
    await sh(machine, rules([1 / 3, 1 / 2, null]));
    const right = await ask(machine);
    t.equal(summary(right), 'pass', JSON.stringify(right));
    t.ok(Number(right.values.chance) < 1e-6);
    t.match(right.evidence[0], { on: 'red', command: /^for i in/, output: /^ +\d+ b[123]\n/ });
    t.equal(summary(await ask(machine, { spread: 'every', requests: 60 })), 'pass');
    const header = { header: 'X-Served-By', backends: { 'pod-1': 1, 'pod-2': 1, 'pod-3': 1 } };
    t.equal(summary(await ask(machine, header)), 'pass');
    t.equal(summary(await ask(machine, { spread: 'one', requests: 60 })), 'fail several-backends host');
    t.equal(summary(await ask(machine, { backends: { b1: 1, b2: 1 } })), 'fail unknown-backend red');
    t.equal(
      summary(await ask(machine, { backends: { b1: 2, b2: 1, b3: 1 } })),
      'fail share-too-small host (b1)',
    );

    await sh(machine, rules([1 / 3, 1 / 3, null]));
    const skewed = await ask(machine);
    t.match(summary(skewed), /^fail share-too-(small|large) host \(b[23]\)$/);
    t.match(skewed.values.counts, /^b1 \d+, b2 \d+, b3 \d+$/);
    t.equal(summary(await ask(machine, { backends: { b1: 3, b2: 2, b3: 4 } })), 'pass', 'what it really is');

    // ICMP errors without a rate limit, or the kernel sends the request again and chance decides anew.
    await sh(machine, `sysctl -qw net.ipv4.icmp_ratelimit=0\n${rules([1 / 3, 1 / 2, 9 / 10])}`);
    t.equal(summary(await ask(machine)), 'fail some-unanswered host', 'what no rule takes goes nowhere');

    await sh(machine, rules([1 / 2, null, null]));
    t.equal(
      summary(await ask(machine)),
      'fail backend-idle host (b3)',
      'a rule behind one that takes the rest',
    );
    t.equal(summary(await ask(machine, { spread: 'every' })), 'fail backend-idle host (b3)');

    await sh(machine, rules([null]));
    t.equal(summary(await ask(machine, { spread: 'one' })), 'pass');
    await sh(machine, 'iptables -t nat -F PREROUTING');
    t.equal(summary(await ask(machine)), 'fail no-route host (10.96.0.10)');
    // No name server runs at the address the node asks.
    await sh(machine, 'mkdir -p /etc/netns/red; echo nameserver 10.1.1.1 >/etc/netns/red/resolv.conf');
    const named = await ask(machine, { url: 'http://web.example/' });
    t.match(named, { status: 'fail', reason: 'no-listener', node: 'b1' }, JSON.stringify(named));
  }),
);

t.test('a client that is remembered comes to the same server', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, network);
    const jumps = [1, 2, 3].map(
      (n) => `iptables -t nat -N B${n}
      iptables -t nat -A B${n} -p tcp -m recent --set --name B${n} -j DNAT --to-destination 10.1.${n}.1:80`,
    );
    const remembered = [1, 2, 3].map((n) => `-m recent --rcheck --seconds 60 --name B${n} -j B${n}`);
    const chances = ['--probability 0.3333333333 -j B1', '--probability 0.5 -j B2'].map(
      (one) => `-m statistic --mode random ${one}`,
    );
    const service = [...remembered, ...chances, '-j B3'].map(
      (one) => `iptables -t nat -A PREROUTING -d 10.96.0.10/32 -p tcp --dport 80 ${one}`,
    );
    await sh(machine, [...jumps, ...service].join('\n'));
    t.equal(summary(await ask(machine, { spread: 'one', requests: 60 })), 'pass');
    await sh(machine, 'for i in 1 2 3; do iptables -t nat -D PREROUTING 1; done');
    t.equal(summary(await ask(machine, { spread: 'one', requests: 60 })), 'fail several-backends host');
  }),
);
