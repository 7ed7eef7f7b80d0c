import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { TracedHop } from '../../../src/core/path/recording/hop.ts';
import { sh, workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

/** A node of a cluster: one pod on its bridge, and a client outside. */
const cluster = `
set -e
for name in pod client; do ip netns add $name; ip -n $name link set lo up; done
ip link add name cni0 type bridge
ip addr add 10.244.1.1/24 dev cni0; ip link set cni0 up
ip link add name veth-pod index 100 type veth peer name eth0 index 101 netns pod
ip link set veth-pod master cni0; ip link set veth-pod up; ip link set dev veth-pod type bridge_slave hairpin on
ip -n pod addr add 10.244.1.3/24 dev eth0; ip -n pod link set eth0 up; ip -n pod route add default via 10.244.1.1
ip link add name eth0 index 102 type veth peer name eth0 index 103 netns client
ip addr add 10.240.0.11/24 dev eth0; ip link set eth0 up
ip -n client addr add 10.240.0.100/24 dev eth0; ip -n client link set eth0 up
ip -n client route add 10.96.0.0/16 via 10.240.0.11
sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
ip netns exec pod socat TCP-LISTEN:8080,fork,reuseaddr EXEC:'echo hello' >/dev/null 2>&1 &
until ip netns exec pod ss -Hltn sport = 8080 | grep -q 8080; do sleep 0.05; done
`;

/**
 * The rules of kube-proxy for default/web-service, cluster IP 10.96.0.50:80, one endpoint 10.244.1.3:8080.
 */
const [service, endpoint] = ['KUBE-SVC-SZGXCNNBZLC4E3DM', 'KUBE-SEP-SXIVWICOYRO3J4NJ'];
const rules = `
*nat
:KUBE-SERVICES - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-MARK-MASQ - [0:0]
:${service} - [0:0]
:${endpoint} - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MARK --xor-mark 0x4000
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-MARK-MASQ -j MARK --or-mark 0x4000
-A KUBE-SERVICES -m comment --comment "default/web-service cluster IP" -m tcp -p tcp -d 10.96.0.50/32 --dport 80 -j ${service}
-A ${service} -m comment --comment "default/web-service cluster IP" -m tcp -p tcp -d 10.96.0.50/32 --dport 80 ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ
-A ${service} -m comment --comment "default/web-service -> 10.244.1.3:8080" -j ${endpoint}
-A ${endpoint} -m comment --comment "default/web-service" -s 10.244.1.3/32 -j KUBE-MARK-MASQ
-A ${endpoint} -m comment --comment "default/web-service" -m tcp -p tcp -j DNAT --to-destination 10.244.1.3:8080
COMMIT
*filter
:KUBE-FORWARD - [0:0]
:FORWARD DROP [0:0]
-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
COMMIT
`;

const walked = (hop: TracedHop | undefined) =>
  hop?.rules.filter(({ line }) => line !== null).map(({ table, chain, line }) => `${table} ${chain} ${line}`);

/** Source ports are at random. */
const plain = (text: string) =>
  text
    .replaceAll(/sourcePort \d+/g, 'sourcePort N')
    .replaceAll(/destinationPort [2-6]\d{4}/g, 'destinationPort N');

const tcp = { kind: 'tcp', port: 80 } as const;

t.test('a service: custom chains walked through in order, NAT at both ends', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, cluster);
    t.match(await machine.run('host', ['iptables-restore', '--noflush'], { input: rules }), { exitCode: 0 });

    const outside = tracedPath(await machine.trace({ from: 'client', to: '10.96.0.50', probe: tcp }));
    t.equal(
      plain(wayOf(outside)),
      'client host[source 10.244.1.1, destination 10.244.1.3, sourcePort N, destinationPort 8080] pod | ' +
        'pod host[source 10.96.0.50, destination 10.240.0.100, sourcePort N, destinationPort N] client: delivered',
    );
    t.equal(outside.end.by, 'socat');
    const [syn, answer] = outside.packets;
    t.strictSame(walked(syn?.hops[1]), [
      'nat PREROUTING 1',
      'nat KUBE-SERVICES 1',
      `nat ${service} 1`,
      'nat KUBE-MARK-MASQ 1',
      `nat ${service} 2`,
      `nat ${endpoint} 2`,
      'filter FORWARD 1',
      'filter KUBE-FORWARD 2',
      'nat POSTROUTING 1',
      'nat KUBE-POSTROUTING 2',
      'nat KUBE-POSTROUTING 3',
    ]);
    const rule = syn?.hops[1]?.rules.find(({ chain, line }) => chain === endpoint && line === 2);
    t.match(rule, {
      verdict: 'accept',
      hook: 'prerouting',
      rule: /-j DNAT --to-destination 10\.244\.1\.3:8080/,
    });
    t.match(syn?.hops[1]?.conntrack, {
      original: /^10\.240\.0\.100:\d+ -> 10\.96\.0\.50:80$/,
      reply: /^10\.244\.1\.3:8080 -> 10\.244\.1\.1:\d+$/,
    });
    t.match(syn?.hops[1]?.nat?.en, /MASQUERADE \(nat KUBE-POSTROUTING 3\)/);
    t.match(syn?.hops[1]?.nat?.en, new RegExp(`DNAT \\(nat ${endpoint} 2\\)`));
    t.strictSame(
      walked(answer?.hops[1]),
      ['filter FORWARD 1', 'filter KUBE-FORWARD 3'],
      'the answer goes as conntrack remembers',
    );
    t.strictSame(
      outside.packets.slice(0, 3).map(({ name }) => name.en),
      ['SYN', 'SYN,ACK', 'ACK'],
    );

    const hairpin = tracedPath(await machine.trace({ from: 'pod', to: '10.96.0.50', probe: tcp }));
    t.equal(
      plain(wayOf(hairpin)),
      'pod (host)[source 10.244.1.1, destination 10.244.1.3, sourcePort N, destinationPort 8080] pod | ' +
        'pod (host)[source 10.96.0.50, destination 10.244.1.3, sourcePort N, destinationPort N] pod: delivered',
    );
    t.ok(
      walked(hairpin.packets[0]?.hops[1])?.includes(`nat ${endpoint} 1`),
      'the rule for a pod that asks itself',
    );

    await sh(machine, 'ip route add 10.96.0.0/16 dev eth0');
    const node = tracedPath(await machine.trace({ from: 'host', to: '10.96.0.50', probe: tcp }));
    t.equal(
      plain(wayOf(node)),
      'host[source 10.244.1.1, destination 10.244.1.3, sourcePort N, destinationPort 8080] pod | ' +
        'pod host[source 10.96.0.50, destination 10.240.0.11, sourcePort N, destinationPort N]: delivered',
      'no device has seen the port that the node itself chose',
    );
  }),
);
