import t from 'tap';
import { type Act, linesOf } from '../../../src/core/play/act.ts';
import { endName, freeName, isName } from '../../../src/core/play/names.ts';
import { addressFor, gatewayFor, isAddress } from '../../../src/core/play/suggest.ts';
import type { NodeState } from '../../../src/core/state/observation.ts';
import { observe } from '../../support/observation.ts';

/** h1 and r1 on the bridge s1, r1 with a second leg that has no cable's end in a node. */
const network = observe({
  host: {
    links: {
      s1: { kind: 'bridge' },
      's1-h1': { master: 's1', peer: 'h1:eth0' },
      's1-r1': { master: 's1', peer: 'r1:eth0' },
    },
  },
  h1: { links: { eth0: { addresses: ['192.168.7.1/29'] } } },
  r1: { links: { eth0: { addresses: ['192.168.7.2/29'] } }, sysctls: { 'net.ipv4.ip_forward': '1' } },
  h2: {},
  web: { kind: 'container' },
});

const typed = (act: Act) =>
  linesOf(network, act).map(({ on, run }) => (on === 'host' ? run : `not on the machine: ${on}`));
const plug = (node: string, bridge: string | null = null) => ({ node, bridge });

t.test('what is added, in the commands of each kind', async (t) => {
  const add = (kind: 'host' | 'bridge' | 'router' | 'namespace' | 'container', name: string) =>
    typed({ act: 'add', kind, name });
  t.same(add('namespace', 'x'), ['ip netns add x']);
  t.same(add('host', 'x'), ['ip netns add x', 'ip -n x link set lo up']);
  t.same(add('router', 'x').at(-1), 'ip netns exec x sysctl -w net.ipv4.ip_forward=1');
  t.same(add('bridge', 'x'), ['ip link add x type bridge', 'ip link set x up']);
  t.match(add('container', 'x')[1], /^setsid --fork unshare --net .* \/tmp\/x infinity /);
});

t.test('a cable is a veth pair, whatever it joins', async (t) => {
  const cable = (from: ReturnType<typeof plug>, to: ReturnType<typeof plug>) =>
    typed({ act: 'cable', from, to });
  t.same(cable(plug('h2'), plug('host', 's1')), [
    'ip link add eth0 netns h2 type veth peer name s1-h2',
    'ip -n h2 link set eth0 up',
    'ip link set s1-h2 master s1',
    'ip link set s1-h2 up',
  ]);
  t.equal(cable(plug('h1'), plug('r1'))[0], 'ip link add eth1 netns h1 type veth peer name eth1 netns r1');
  t.equal(cable(plug('h1'), plug('h1'))[0], 'ip link add eth1 netns h1 type veth peer name eth2 netns h1');
  t.same(cable(plug('web'), plug('host')), [
    'ip link add eth0 netns $(pgrep -xo web) type veth peer name eth0',
    'nsenter --net --target $(pgrep -xo web) ip link set eth0 up',
    'ip link set eth0 up',
  ]);
  t.equal(
    cable(plug('host', 's1'), plug('h1'))[0],
    'ip link add s1-h1-2 type veth peer name eth1 netns h1',
    'a second cable of the same two has a name of its own',
  );
});

t.test('addresses, routes, and what is taken away', async (t) => {
  const address = (given: string) => typed({ act: 'address', node: 'h2', link: 'eth0', address: given })[0];
  t.equal(address('10.0.0.1/24'), 'ip -n h2 addr add 10.0.0.1/24 dev eth0');
  t.equal(address('fd00::1/64'), 'ip -n h2 addr add fd00::1/64 dev eth0 nodad');
  t.same(typed({ act: 'route', node: 'h1', to: 'default', via: '192.168.7.2' }), [
    'ip -n h1 route add default via 192.168.7.2',
  ]);
  t.same(typed({ act: 'remove', node: 'h1' }), ['ip netns del h1']);
  t.same(typed({ act: 'remove', node: 'web' }), ['pkill -x web']);
  t.same(typed({ act: 'cut', node: 'host', link: 's1' }), ['ip link del s1']);
});

t.test('a name that a machine made is data, and never a command', async (t) => {
  const wild = observe({ host: {}, 'a;reboot': { links: { "e'0": {} } } });
  const [line] = linesOf(wild, { act: 'cut', node: 'a;reboot', link: "e'0" });
  t.equal(line?.run, "ip -n 'a;reboot' link del 'e'\\''0'");
});

t.test('names are free ones, and fit an interface', async (t) => {
  t.equal(freeName(network, 'host'), 'h3');
  t.equal(freeName(network, 'bridge'), 's2');
  t.equal(endName(observe({ host: {} }).nodes.host as NodeState, 's1', 'a-rather-long-one'), 'port1');
  t.ok(isName('h1'));
  for (const wrong of ['', '1h', 'a b', 'sixteen-letters-', 'a;b', '-a']) t.notOk(isName(wrong), wrong);
});

t.test('an address fits the wire it is for', async (t) => {
  const cabled = observe({
    host: {
      links: {
        s1: { kind: 'bridge' },
        's1-h1': { master: 's1', peer: 'h1:eth0' },
        's1-h2': { master: 's1', peer: 'h2:eth0' },
      },
    },
    h1: { links: { eth0: { addresses: ['192.168.7.1/29'] } } },
    h2: { links: { eth0: {}, eth1: {} } },
    other: { links: { eth0: { addresses: ['10.0.0.9/24'] } } },
  });
  t.equal(addressFor(cabled, { node: 'h2', link: 'eth0' }), '192.168.7.2/29', 'over the bridge');
  t.equal(addressFor(cabled, { node: 'host', link: 's1' }), '192.168.7.2/29', 'the bridge itself is on it');
  t.equal(addressFor(cabled, { node: 'h2', link: 'eth1' }), '10.0.1.1/24', 'a network that no other has');
  t.equal(gatewayFor(network, 'h1'), '192.168.7.2');
  t.equal(gatewayFor(network, 'r1'), null, 'a router is not its own gateway');
});

t.test('only what ip takes is an address', async (t) => {
  t.ok(isAddress('10.0.0.1/24', true));
  t.ok(isAddress('fd00::1', false));
  for (const wrong of ['10.0.0.1', '10.0.0.1/33', '10.0.0/24', '10.0.0.1/24; reboot', '10.0.0.1/'])
    t.notOk(isAddress(wrong, true), wrong);
});
