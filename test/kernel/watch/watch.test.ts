import t from 'tap';
import type { ChangeKind } from '../../../src/core/check/changes.ts';
import { sh, workplace } from '../../support/machines.ts';
import { running } from '../../support/programs.ts';
import { watched } from '../../support/watched.ts';

/** A line typed on a node, and the kind of change that the watch must report. */
const changes: [string, string, ChangeKind][] = [
  ['host', 'ip netns add red && ip netns add blue', 'nodes'],
  ['host', 'ip link add veth-red netns red type veth peer name veth-h', 'links'],
  ['red', 'ip link set veth-red up', 'links'],
  ['red', 'ip addr add 10.0.0.1/24 dev veth-red', 'addresses'],
  ['red', 'ip route add 10.9.0.0/24 via 10.0.0.9', 'routes'],
  ['red', 'ip rule add from 10.0.0.1 table 7', 'routes'],
  ['red', 'ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev veth-red', 'permanent-neighbours'],
  ['red', 'ip neigh del 10.0.0.7 dev veth-red', 'permanent-neighbours'],
  ['red', 'ip link add br0 type bridge && ip link set veth-red master br0', 'links'],
  ['red', 'bridge link set dev veth-red isolated on', 'links'],
  ['red', 'ip link set veth-red type bridge_slave neigh_suppress on', 'links'],
  ['red', 'bridge fdb add 02:00:00:00:00:09 dev veth-red master static', 'permanent-neighbours'],
  ['red', 'bridge fdb del 02:00:00:00:00:09 dev veth-red master', 'permanent-neighbours'],
  ['red', 'ip link add vx type vxlan id 7 dstport 4789 local 10.0.0.1', 'links'],
  ['red', 'bridge fdb append 00:00:00:00:00:00 dev vx dst 10.0.0.8', 'permanent-neighbours'],
  ['red', 'bridge fdb append 00:00:00:00:00:00 dev vx dst 10.0.0.9', 'permanent-neighbours'],
  ['red', 'tc qdisc add dev veth-red root pfifo limit 9', 'links'],
  ['red', 'ip link set lo up && ip nexthop add id 7 dev lo', 'routes'],
  ['red', 'iptables -t nat -A POSTROUTING -j MASQUERADE', 'rules'],
  ['host', 'ip6tables -P FORWARD DROP', 'rules'],
  ['blue', 'nft add table inet mine', 'rules'],
  ['host', 'sysctl -qw net.ipv4.ip_forward=1', 'sysctls'],
  ['red', 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all', 'sysctls'],
  ['red', 'sysctl -qw net.ipv4.conf.veth-red.route_localnet=1', 'sysctls'],
  ['host', 'echo 10.0.0.1 near >>/etc/hosts', 'files'],
  ['host', 'sed -i s/near/far/ /etc/hosts', 'files'],
  ['host', 'mkdir -p /etc/netns/red', 'files'],
  ['host', 'echo nameserver 10.0.0.1 >/etc/netns/red/resolv.conf', 'files'],
  ['host', 'ip netns del blue', 'nodes'],
];

t.test('a watch reports every kind of change', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { after } = await watched(machine);
    for (const [node, line, kind] of changes) {
      const kinds = await after(() => sh(machine, line, node), kind);
      t.ok(kinds.includes(kind), `${node}: ${line}: ${kinds.join(' ')}`);
    }
  }),
);

t.test('reports changed settings after the kernel has forgotten the names of their directories', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red');
    const { after } = await watched(machine);
    // A remount drops the names that no descriptor holds, as the kernel does where memory is short (shrink_dcache_sb).
    await sh(machine, 'mount -o remount /proc');
    for (const node of ['host', 'red'])
      t.match(
        await after(() => sh(machine, 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all', node), 'sysctls'),
        ['sysctls'],
      );
  }),
);

t.test('a namespace that gets a name after it was seen is still watched', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { watch, after } = await watched(machine);
    const attach = (name: string) => sh(machine, `ip netns attach ${name} $(cat /run/pid)`);
    const write = (name: string) =>
      after(() => sh(machine, 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all', name), 'sysctls');
    await sh(machine, 'unshare -n sleep 999 & echo $! >/run/pid');
    await after(async () => {
      while ((await watch.look()).length === 0) {}
    }, 'nodes');
    await after(() => attach('red'), 'nodes');
    t.match(await write('red'), ['sysctls'], 'a process had it before');
    await attach('rose');
    await after(() => sh(machine, 'ip netns del red'), 'nodes');
    t.match(await write('rose'), ['sysctls'], 'the first of its two names is gone');
  }),
);

t.test('no process inside sees the watch, and no namespace lives longer for it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const alone = await sh(
      machine,
      'ps -e -o args= | grep -v "ps -e"; ip netns list; lsns -t net -n -o NS | wc -l',
    );
    const { after } = await watched(machine);
    const sameAgain = await sh(
      machine,
      'ps -e -o args= | grep -v "ps -e"; ip netns list; lsns -t net -n -o NS | wc -l',
    );
    t.equal(sameAgain, alone);
    t.notMatch(JSON.stringify(await machine.processes()), /python/);
    await after(
      () => sh(machine, 'ip netns add red; ip link add a0 type veth peer name b0 netns red'),
      'nodes',
    );
    t.match(await sh(machine, 'ip netns list'), /^red/);
    await sh(machine, 'ip netns del red; while ip link show dev a0 2>/dev/null; do :; done');
    t.pass('the other end of the cable went with its namespace');
  }),
);

t.test('programs and their sockets are seen by looking', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { watch, stale } = await watched(machine);
    t.strictSame(await watch.look(), []);
    const server = 'import socket,time;s=socket.create_server(("",99));print(flush=True);time.sleep(999)';
    await sh(machine, `python3 -c '${server}' >/run/up & while ! [ -s /run/up ]; do :; done`);
    t.strictSame(await watch.look(), ['listeners', 'processes']);
    t.strictSame(await watch.look(), []);
    const before = stale();
    await sh(machine, 'kill $(pgrep -f [c]reate_server)');
    while (stale() === before) await new Promise(setImmediate);
    t.pass('that a socket ended is told');
    while ((await sh(machine, 'pgrep -f [c]reate_server || true')) !== '') {}
    t.strictSame(await watch.look(), ['listeners', 'processes']);
  }),
);

t.test('new settings of a link that is down, which the kernel reports of none, are seen by looking', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { watch, after } = await watched(machine);
    const add = 'ip link add vx type vxlan id 7 dstport 4789 local 10.0.0.1';
    await after(() => sh(machine, `ip netns add red; ${add}; ip -n red ${add.slice(3)}`), 'links');
    await watch.look();
    t.strictSame(await watch.look(), []);
    for (const node of ['host', 'red']) {
      await sh(machine, 'ip link set vx type vxlan ttl 9', node);
      t.strictSame(await watch.look(), ['links'], node);
    }
    t.strictSame(await watch.look(), []);
  }),
);

t.test("hoplab's own work in a machine is no change", (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'sysctl -qw net.ipv6.conf.default.disable_ipv6=1; ip netns add red');
    await sh(
      machine,
      'ip link add a0 type veth peer name b0 netns red; sysctl -qw net.ipv6.conf.a0.disable_ipv6=1',
    );
    await sh(machine, 'ip netns exec red sysctl -qw net.ipv6.conf.b0.disable_ipv6=1');
    await sh(machine, 'ip addr add 10.0.0.1/24 dev a0; ip link set a0 up; ip -n red link set b0 up');
    await sh(machine, 'ip -n red addr add 10.0.0.2/24 dev b0; nginx');
    await machine.observe();
    const { watch, changes: heardKinds, after } = await watched(machine);
    await after(() => machine.probe({ kind: 'ping', from: 'host', to: '10.0.0.2' }), 'neighbours');
    await after(() => sh(machine, 'sysctl -qw net.ipv4.ip_forward=1'), 'sysctls');
    await watch.look();
    const before = heardKinds.length;
    await machine.observe(['net.ipv4.tcp_syncookies']);
    await machine.processes();
    await machine.probe({ kind: 'ping', from: 'red', to: '10.0.0.1' });
    await machine.probe({ kind: 'ping', from: 'host', to: '10.0.0.2' });
    await machine.probe({ kind: 'http', from: 'red', url: 'http://10.0.0.1/' });
    await machine.probe({ kind: 'seen', from: 'host', to: '10.0.0.2', at: 'red' });
    await machine.probe({ kind: 'command', from: 'red', run: 'iptables-save; nft list ruleset', as: null });
    t.strictSame(await watch.look(), []);
    await machine.trace({ from: 'host', to: '10.0.0.2', probe: { kind: 'icmp' } });
    // Changes from before the look come before its result.
    await watch.look();
    t.strictSame(heardKinds.slice(before), [], 'nothing was told');
  }),
);

t.test('a watch reports a storm a few times a second, and then all of it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { changes: heardKinds, after } = await watched(machine);
    const before = heardKinds.length;
    const churn = 'ip addr add 10.0.0.1/24 dev lo; ip addr del 10.0.0.1/24 dev lo;';
    await sh(machine, `for i in $(seq 300); do ${churn} done`);
    const many = heardKinds.length - before;
    t.ok(many < 60, `600 changes were told ${many} times`);
    await after(() => sh(machine, 'ip link add last type bridge'), 'links');
    t.pass('and the watch goes on');
  }),
);

t.test('the end of the machine is the end of the watch', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { ended } = await watched(machine);
    process.kill(machine.pid, 'SIGKILL');
    await ended;
    const other = await make();
    await watched(other);
    t.equal(running('watch').length, 1);
    await other.destroy();
    t.strictSame(running('watch'), [], 'destroying a machine ends its watch');
  }),
);
