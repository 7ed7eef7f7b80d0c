import t from 'tap';
import { applyLine } from '../../../src/core/cure/apply-line.ts';
import { helps, type Trouble } from '../../../src/core/cure/proof.ts';
import { isLocal } from '../../../src/core/path/model/routing.ts';
import { observe, type Spec } from '../../support/observation.ts';

/** a - r - b; r does not forward, and b has no way back. */
const chain: Spec = {
  a: {
    links: { eth0: { peer: 'r:ra', addresses: ['10.0.1.2/24'] } },
    routes: ['default via 10.0.1.1 dev eth0'],
    rules: { filter: ['-P OUTPUT DROP', '-A OUTPUT -p icmp -j ACCEPT'] },
  },
  r: {
    links: { ra: { addresses: ['10.0.1.1/24'] }, rb: { peer: 'b:eth0', addresses: ['10.0.2.1/24'] } },
    sysctls: { 'net.ipv4.ip_forward': '0' },
  },
  b: { links: { eth0: { addresses: ['10.0.2.2/24'] } }, listeners: ['tcp 0.0.0.0:80'] },
};
const state = observe(chain);
const ping = { from: 'a', to: '10.0.2.2', protocol: 'icmp', port: null } as const;
const closed: Trouble = { packet: ping, reason: 'forwarding-off', node: 'r', values: {} };
const line = (run: string, on = 'host') => ({ on, run });
const forward = line('ip netns exec r sysctl -w net.ipv4.ip_forward=1');

t.test('a cure is tried on a copy of the state', async (t) => {
  t.ok(helps(state, closed, [forward]), 'the packet comes further, though its answer does not come back');
  t.equal(state.nodes.r?.sysctls['net.ipv4.ip_forward'], '0', 'the state itself is left alone');
  const open = applyLine(state, forward);
  if (typeof open === 'string') throw new Error(open);
  const back: Trouble = { packet: ping, reason: 'reply-not-routed', node: 'b', values: {} };
  t.ok(helps(open, back, [line('ip -n b route add 10.0.1.0/24 via 10.0.2.1')]));
  t.notOk(helps(open, back, [line('ip -n b route add 10.9.0.0/24 via 10.0.2.1')]), 'to elsewhere');
  t.notOk(helps(open, back, [forward]), 'what is so already');
  t.notOk(
    helps(state, closed, [line('ip -n r addr add 10.0.3.1/24 dev ra')]),
    'what has nothing to do with it',
  );
});

const refused: Record<string, string> = {
  'a node that is not there': 'ip netns exec none sysctl -w net.ipv4.ip_forward=1',
  'a link that is not there': 'ip -n r link set dev rc up',
  'a master that is no bridge': 'ip -n r link set dev ra master rb',
  'an address that is there already': 'ip -n r addr add 10.0.1.1/24 dev ra',
  "somebody else's address": 'ip -n r addr add 10.0.2.2/24 dev rb',
  'an address that is not there': 'ip -n r addr del 10.0.9.9/24 dev ra',
  'a route that is there already': 'ip -n a route add default via 10.0.1.1',
  'a route that is not there': 'ip -n a route del 10.9.0.0/24',
  'a gateway that is on no wire': 'ip -n b route add 10.0.1.0/24 via 10.9.9.9',
  'a rule of the policy that is not there': 'ip -n a rule del prio 5',
  'a neighbour that is not there': 'ip -n a neigh del 10.0.1.1 dev eth0',
  'a rule that is not there': 'ip netns exec a iptables -t filter -D OUTPUT 2',
  'a rule of a table that is not there': 'ip netns exec a iptables -t nat -D OUTPUT 1',
  'a chain that is not there': 'ip netns exec a iptables -t filter -A NONE -j ACCEPT',
  'words that iptables does not know': 'ip netns exec a iptables -t filter -I OUTPUT --nonsense',
  'a queue that is not there': 'ip netns exec r tc qdisc del dev ra root',
  'a namespace that is there already': 'ip netns add r',
  'a link whose name is taken': 'ip -n r link add name ra type bridge',
  'a pair whose far name is taken': 'ip -n r link add name rc type veth peer name eth0 netns b',
  'a tunnel without a number': 'ip -n r link add name vx type vxlan',
  'a port that is taken': 'ip netns exec b python3 -m http.server 80',
  'a setting of a port of what is none': 'ip netns exec r bridge link set dev ra isolated off',
};

t.test('an address of IPv6 on an interface too narrow for it is refused', async (t) => {
  const narrow = applyLine(state, line('ip -n r link set dev ra mtu 700'));
  if (typeof narrow === 'string') throw new Error(narrow);
  const add = line('ip -n r addr add fd00:1::1/64 dev ra');
  t.equal(applyLine(narrow, add), 'refused');
  t.not(applyLine(state, add), 'refused', 'a wide one takes it');
});

t.test('a port whose cable is dead comes to no state but disabled', async (t) => {
  const bridged = observe({
    r: {
      links: { br0: { kind: 'bridge' }, ra: { master: 'br0', port: { state: 'disabled' }, peer: 'b:eth0' } },
    },
    b: { links: { eth0: {} } },
  });
  const open = line('ip netns exec r bridge link set dev ra state forwarding');
  t.not(applyLine(bridged, open), 'refused');
  const dead = applyLine(bridged, line('ip -n b link set dev eth0 down'));
  if (typeof dead === 'string') throw new Error(dead);
  t.equal(applyLine(dead, open), 'refused');
});

t.test('a line that the tool would refuse is no cure', async (t) => {
  for (const [title, run] of Object.entries(refused)) {
    t.equal(applyLine(state, line(run)), 'refused', title);
    t.notOk(helps(state, closed, [line(run)]), title);
  }
});

t.test('does not judge lines that it does not understand, or that have a placeholder', async (t) => {
  for (const run of ['ip netns exec r nft flush ruleset', 'ip -n b route add 10.0.1.0/24 via GATEWAY'])
    t.ok(helps(state, closed, [line(run)]), run);
});

t.test('links, rules and entries change as the kernel changes them', async (t) => {
  const down = applyLine(state, line('ip -n r link set dev rb down'));
  if (typeof down === 'string') throw new Error(down);
  t.match(
    down.nodes.b?.links.find(({ name }) => name === 'eth0'),
    { carrier: false },
    'the other end hears it',
  );
  const up = applyLine(down, line('ip -n r link set dev rb up'));
  if (typeof up === 'string') throw new Error(up);
  t.match(
    up.nodes.b?.links.find(({ name }) => name === 'eth0'),
    { carrier: true },
  );
  const rule = applyLine(state, line('ip netns exec a iptables -t filter -I OUTPUT -p udp -j DROP'));
  if (typeof rule === 'string') throw new Error(rule);
  t.match(rule.nodes.a?.rules.ipv4, /-A OUTPUT -p udp -j DROP\n-A OUTPUT -p icmp -j ACCEPT/);
  const pair = applyLine(state, line('ip -n r link add name rc type veth peer name eth1 netns b'));
  if (typeof pair === 'string') throw new Error(pair);
  t.match(pair.nodes.r?.links.at(-1), { name: 'rc', up: false, peer: { node: 'b', link: 'eth1' } });
  t.match(pair.nodes.b?.links.at(-1), { name: 'eth1', up: false, peer: { node: 'r', link: 'rc' } });
  const entry = applyLine(state, line('ip -n a neigh replace 10.0.1.1 lladdr 02:00:00:00:00:07 dev eth0'));
  if (typeof entry === 'string') throw new Error(entry);
  t.match(entry.nodes.a?.neighbours, [{ address: '10.0.1.1', mac: '02:00:00:00:00:07', state: 'PERMANENT' }]);
});

t.test(
  'an address of the loopback interface brings its whole network along, and takes it away',
  async (t) => {
    const typed = (lines: string[]) =>
      lines.reduce((now, run) => {
        const next = applyLine(now, line(run, 'b'));
        if (typeof next === 'string') throw new Error(`${run}: ${next}`);
        return next;
      }, state);
    const own = (now: typeof state, address: string) =>
      now.nodes.b !== undefined && isLocal(now.nodes.b, address);
    const wrong = typed(['ip addr add 10.0.3.9/24 dev lo']);
    t.ok(own(wrong, '10.0.3.77'), 'every address of it is the node’s own');
    const right = typed([
      'ip addr add 10.0.3.9/24 dev lo',
      'ip addr del 10.0.3.9/24 dev lo',
      'ip addr add 10.0.3.9/24 dev eth0',
    ]);
    t.ok(own(right, '10.0.3.9'));
    t.notOk(own(right, '10.0.3.77'));
  },
);
