import { fileURLToPath } from 'node:url';
import t from 'tap';
import { planEntry } from '../../src/core/plan/entry.ts';
import { Library } from '../../src/library/library.ts';
import { machineWith } from '../../src/session/boot.ts';
import { compared } from '../support/by-tools/compared.ts';
import { sh, workplace } from '../support/machines.ts';
import { topologyOf } from '../support/topology/generate.ts';

/** Of every kind something that is not usual. */
const rich = `ip link add name br0 type bridge; ip link set dev br0 up; ip link set dev lo up
for i in 1 2 3 4 5; do
  ip netns add h$i; ip link add name v$i type veth peer name eth0 netns h$i
  ip link set dev v$i master br0 up; ip -n h$i address add 10.0.0.$i/16 dev eth0
  ip -n h$i link set dev eth0 up; ip -n h$i link set dev lo up; ip -n h$i route add default via 10.0.0.9
done
ip link set dev v3 type bridge_slave locked on
bridge link set dev v2 isolated on hairpin on learning off flood off mcast_flood off
ip -n h1 rule add from 10.0.0.0/8 fwmark 0x10/0xff iif lo table 100 prio 100
ip -n h1 rule add to 1.2.3.4 prohibit prio 200
ip -n h1 rule add not from 10.1.0.0/16 ipproto tcp dport 80-90 goto 32766 prio 300
ip -n h1 rule add uidrange 0-100 tos 0x10 sport 7 table 55 suppress_prefixlength 0 prio 400
ip -n h1 -6 rule add from fd00::/8 oif eth0 table 7 prio 400; ip -n h1 rule add blackhole prio 500
echo '100 isp1' >>/etc/iproute2/rt_tables; echo '77 typed' >>/etc/iproute2/rt_protos
ip -n h1 route add 10.9.0.0/16 nexthop via 10.0.0.7 weight 3 nexthop via 10.0.0.8
ip -n h1 route add table isp1 default via 10.0.0.5 metric 7 proto static src 10.0.0.1
ip -n h1 route add blackhole 9.9.9.0/24; ip -n h1 route add throw 9.9.8.0/24 proto 77
ip -n h1 route add 8.8.8.8 dev eth0 mtu 1300
ip -n h1 -6 route add fd01::/64 via fe80::1 dev eth0 metric 5; ip -n h1 -6 route add unreachable fd02::/64
ip -n h1 route add 10.77.0.0/16 via inet6 fe80::1 dev eth0
ip -n h1 nexthop add id 5 via 10.0.0.6 dev eth0; ip -n h1 route add 7.7.7.0/24 nhid 5
ip -n h1 address add fd00::ffff:10.1.2.3/64 dev eth0 nodad; ip -n h1 address add ::ffff:1.2.3.4/128 dev lo nodad
ip link add name vx type vxlan id 42 remote 10.0.0.2 dstport 4789 dev v1; ip link set dev vx up
bridge fdb append 02:00:00:00:00:09 dev vx dst 10.0.0.1; bridge fdb add 02:00:00:00:00:08 dev v1 master static
ip -n h5 link add name mv link eth0 type macvlan mode bridge
ip -n h2 link add name vx6 type vxlan id 4 group ff05::1 dev eth0 dstport 4789 nolearning
ip -n h3 link set dev eth0 mtu 1279; ip -n h4 address flush dev lo
ip -n h3 neighbour add 10.0.0.77 lladdr 02:00:00:00:00:01 dev eth0 nud permanent
ip -n h3 neighbour add proxy 10.0.0.78 dev eth0
ip netns exec h3 ping -c1 -W1 10.0.0.1; ip netns exec h3 ping -c1 -W1 10.0.0.99
ip netns exec h4 iptables -t nat -A POSTROUTING -j MASQUERADE
ip netns exec h4 nft 'add table inet own; add set inet own s { type ipv4_addr; }'
ip netns exec h5 ip6tables -A INPUT -j DROP; ip netns exec h1 ip6tables-legacy -A INPUT -j DROP
ip netns exec h2 sysctl -qw net.ipv4.conf.eth0.rp_filter=2 net.ipv4.ip_forward=1 net.ipv4.conf.all.proxy_arp=1
ip netns exec h2 sysctl -qw net.ipv4.conf.default.route_localnet=1 net.ipv6.conf.eth0.disable_ipv6=1
tc -n h2 qdisc add dev eth0 root tbf rate 1mbit burst 10k latency 50ms
nginx; dnsmasq --user=root --port=5353
ip netns exec h2 setsid nc -lk 127.0.0.1 99 </dev/null >/dev/null 2>&1 &
ip netns exec h1 setsid python3 -c 'import socket
b = socket.create_server(("::", 98), family=socket.AF_INET6)
a = socket.create_server(("::", 97), family=socket.AF_INET6, dualstack_ipv6=True)
u = socket.socket(type=socket.SOCK_DGRAM); u.bind(("10.0.0.1", 96)); u.connect(("10.0.0.2", 7))
w = socket.socket(type=socket.SOCK_DGRAM); w.setsockopt(socket.SOL_SOCKET, 25, b"eth0"); w.bind(("", 95))
import time; time.sleep(1000)' </dev/null >/dev/null 2>&1 &
until ip netns exec h2 ss -Hltn | grep -q :99 && ip netns exec h1 ss -Hltn | grep -q :97; do sleep 0.02; done`;

t.test('netlink and the tools give the same state', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await machine.run('host', ['bash', '-c', rich]);
    const { h1, h2, h5, host } = (await machine.observe()).nodes;
    t.ok(host?.fdb.some(({ dst }) => dst === '10.0.0.1'));
    t.ok(h5?.links.some(({ name, lower }) => name === 'mv' && lower?.link === 'eth0'));
    t.ok(
      h1?.routes.some(({ table }) => table === 'isp1') && h1.policies.length > 8,
      'what was typed is there',
    );
    t.match(h1?.connected, [{ port: 96, peer: '10.0.0.2:7', process: 'python3' }]);
    t.equal(h1?.listeners.find(({ port }) => port === 95)?.link, 'eth0');
    t.ok(h2?.listeners.some(({ port, process }) => port === 99 && process === 'nc'));
    t.strictSame(await compared(machine, ['net.ipv4.tcp_rmem', 'net.ipv4.conf.eth0.arp_notify']), []);
    await sh(machine, 'ip netns exec h4 iptables -t nat -F; ip netns delete h2; ip netns add h2');
    t.strictSame(await compared(machine), [], 'after a change as well');
  }),
);

t.test('a key that leads out of the settings of the network reads nothing', (t) =>
  workplace(t, async ({ make }) => {
    const { nodes } = await (await make()).observe(['net./././kernel.hostname', 'net...kernel.ostype']);
    t.notOk(Object.keys(nodes.host?.sysctls ?? {}).some((key) => /kernel/.test(key)));
  }),
);

t.test('nor does what is mounted over the settings', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      'mount -t tmpfs none /proc/sys/net; mkdir -p /proc/sys/net/ipv4; mkfifo /proc/sys/net/ipv4/ip_nonlocal_bind',
    );
    const { nodes } = await machine.observe();
    t.equal(nodes.host?.sysctls['net.ipv4.ip_nonlocal_bind'], '0');
    t.equal(nodes.host?.sysctls['net.ipv4.conf.all.arp_ignore'], '0');
  }),
);

const library = await Library.read([fileURLToPath(new URL('../../labs', import.meta.url))]);

t.test('in every step of a lab', (t) =>
  workplace(t, async ({ make }) => {
    const lab = library.get('network-namespaces');
    for (const { id } of lab.steps) {
      const machine = await machineWith(make, lab, planEntry(lab, id));
      t.strictSame(await compared(machine), [], id);
    }
  }),
);

t.test('in random networks', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    for (const seed of [1, 2, 3]) {
      await machine.run('host', ['bash', '-s'], { input: topologyOf(seed, 1).script });
      t.strictSame(await compared(machine), [], `seed ${seed}`);
      await sh(machine, 'ip -all netns delete');
    }
  }),
);
