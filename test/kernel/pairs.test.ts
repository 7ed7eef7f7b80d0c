import t from 'tap';
import { pairCauses } from '../../src/core/diagnose/pairs.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { PairsFindings } from '../../src/core/probe/pairs.ts';
import { pingAll } from '../../src/session/ping-all.ts';
import { sh, workplace } from '../support/machines.ts';

/** red 10.0.1.1 - host 10.0.1.2 / 10.0.2.2 - blue 10.0.2.1, and the same in IPv6; bare has no address. */
async function threeInARow(machine: Machine): Promise<void> {
  await sh(
    machine,
    `for n in red blue bare; do ip netns add $n; ip -n $n link set lo up; done
    ip link add name to-red type veth peer name eth0 netns red; ip link add name to-blue type veth peer name eth0 netns blue
    ip -n red addr add 10.0.1.1/24 dev eth0; ip -n blue addr add 10.0.2.1/24 dev eth0
    ip addr add 10.0.1.2/24 dev to-red; ip addr add 10.0.2.2/24 dev to-blue
    ip -n red addr add fd00:1::1/64 dev eth0 nodad; ip -n blue addr add fd00:2::1/64 dev eth0 nodad
    ip addr add fd00:1::2/64 dev to-red nodad; ip addr add fd00:2::2/64 dev to-blue nodad
    ip link set to-red up; ip link set to-blue up; ip -n red link set eth0 up; ip -n blue link set eth0 up
    ip -n red route add default via 10.0.1.2; ip -n blue route add default via 10.0.2.2
    ip -n red -6 route add default via fd00:1::2; ip -n blue -6 route add default via fd00:2::2
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1`,
  );
}

async function pinged(
  machine: Machine,
  { family = 'ipv4', nodes = null }: { family?: 'ipv4' | 'ipv6'; nodes?: string[] | null } = {},
): Promise<PairsFindings> {
  const { pairs } = await machine.probe({ kind: 'pairs', from: 'host', nodes, family }, true);
  if (pairs === undefined) throw new Error('nothing was sent');
  return pairs;
}

const names = ({ failed }: PairsFindings) =>
  failed.map(({ from, to, result, by }) => `${from.node} ${to.node} ${result} ${by ?? '-'}`).sort();
const entries = (machine: Machine, node: string) =>
  sh(machine, `${node === 'host' ? '' : `ip netns exec ${node} `}ip -4 neigh`);

t.test('all nodes that have an address ping each other, in both families', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    const four = await pinged(machine);
    t.match(four, { without: [], unasked: 0, crowded: false });
    t.strictSame(four.ends, [
      { node: 'host', address: '10.0.1.2' },
      { node: 'blue', address: '10.0.2.1' },
      { node: 'red', address: '10.0.1.1' },
    ]);
    t.strictSame(names(four), []);
    const six = await pinged(machine, { family: 'ipv6' });
    t.strictSame(
      six.ends.map(({ address }) => address),
      ['fd00:1::2', 'fd00:2::1', 'fd00:1::1'],
    );
    t.strictSame(names(six), []);
    t.match(await pinged(machine, { nodes: ['red', 'bare'] }), { without: ['bare'] });
  }),
);

t.test('a pair without a reply has the ending of its own ping', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    await sh(machine, 'sysctl -qw net.ipv4.ip_forward=0');
    t.strictSame(names(await pinged(machine)), ['blue red silence -', 'red blue silence -']);
    const observation = await machine.observe();
    const causes = pairCauses(observation, (await pinged(machine)).failed);
    t.match(
      causes.map(({ finding, pairs }) => `${finding.reason} ${finding.node} ${pairs.length}`),
      ['forwarding-off host 2'],
      'one broken router is one cause',
    );
    await sh(
      machine,
      'sysctl -qw net.ipv4.ip_forward=1; iptables -A FORWARD -j REJECT --reject-with icmp-admin-prohibited',
    );
    t.strictSame(names(await pinged(machine)), ['blue red rejected 10.0.2.2', 'red blue rejected 10.0.1.2']);
    await sh(machine, 'iptables -F; ip -n red route del default; ip6tables -A FORWARD -j REJECT');
    t.strictSame(names(await pinged(machine)), ['blue red silence -', 'red blue no-route -']);
    t.strictSame(names(await pinged(machine, { family: 'ipv6' })), [
      'blue red rejected fd00:2::2',
      'red blue rejected fd00:1::2',
    ]);
    await sh(machine, 'ip netns exec blue iptables -A OUTPUT -j DROP');
    t.ok(names(await pinged(machine, { nodes: ['blue', 'host'] })).includes('blue host rejected -'));
  }),
);

t.test('the neighbour entries that pings leave behind are deleted, and no others', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    await pinged(machine);
    for (const node of ['host', 'red', 'blue']) {
      // The gateways of red and blue are addresses of a node that was pinged itself, but for one of them.
      const left = (await entries(machine, node))
        .split('\n')
        .filter((line) => !/^10\.0\.2\.2 |^$/.test(line));
      t.strictSame(left, [], node);
    }
    await sh(
      machine,
      'ip netns exec red ping -c 1 10.0.1.2; ip neigh add 10.0.2.1 lladdr 02:00:00:00:00:09 dev to-blue nud stale',
    );
    await pinged(machine, { nodes: ['host', 'red'] });
    t.match(await entries(machine, 'red'), /^10\.0\.1\.2 /);
    t.match(await entries(machine, 'host'), /10\.0\.2\.1 .*02:00:00:00:00:09/);
  }),
);

t.test('a session pings all nodes and gives a verdict for each cause', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    t.match(await pingAll(machine, { nodes: null, family: 'ipv4' }), { pairs: 6, replies: 6, causes: [] });
    await sh(machine, 'ip -n blue link set eth0 down');
    const found = await pingAll(machine, { nodes: null, family: 'ipv4' });
    t.match(found, { pairs: 6, replies: 2, unasked: 0 });
    t.equal(
      found.causes.reduce((sum, { pairs }) => sum + pairs.length, 0),
      4,
    );
    t.ok(found.causes.every(({ verdict }) => verdict.status === 'fail' && verdict.reason !== 'no-answer'));
    t.ok(found.causes.some(({ verdict }) => verdict.reason === 'link-down' && verdict.node === 'blue'));
    await t.rejects(pingAll(machine, { nodes: ['red', 'none'], family: 'ipv4' }), {
      code: 'node-not-found',
    });
  }),
);
