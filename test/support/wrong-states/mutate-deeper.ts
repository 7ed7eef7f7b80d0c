import type { Line } from '../../../src/core/lab/lab.ts';
import type { Link, NodeState, Observation } from '../../../src/core/state/observation.ts';
import type { Random } from '../topology/random.ts';
import { mutation } from './mutate.ts';

type Mutate = (state: NodeState, observation: Observation, random: Random) => string | null;

/** One thing changed as in `mutation`, or one that lies deeper than a link, an address or a rule of the filter. */
export function deeperMutation(observation: Observation, random: Random): Line | null {
  if (random.chance(0.4)) return mutation(observation, random);
  const [on = 'host', state] = random.pick(Object.entries(observation.nodes));
  if (state === undefined) return null;
  const change = random.pick([nat, policy, port, port, mtu, filter, arp, arp, six, six, tools]);
  const run = change(state, observation, random);
  return run === null ? null : { on, run };
}

const nat: Mutate = ({ links }, observation, random) => {
  const [one, other] = [addressOf(observation, random), addressOf(observation, random)];
  const dev = nameOf(links, random);
  return random.pick([
    `iptables -t nat -I PREROUTING -d ${one} -j DNAT --to-destination ${other}`,
    `iptables -t nat -I OUTPUT -d ${one} -j DNAT --to-destination ${other}`,
    `iptables -t nat -I POSTROUTING -o ${dev} -j SNAT --to-source 192.0.2.77`,
    `iptables -t nat -I POSTROUTING -d ${one} -j SNAT --to-source ${other}`,
    `iptables -t nat -I PREROUTING -p icmp -j REDIRECT`,
    `iptables -t raw -I PREROUTING -i ${dev} -j CT --notrack`,
    'iptables -t raw -I PREROUTING -j NOTRACK',
    'iptables -t raw -I OUTPUT -j CT --notrack',
    `iptables -t raw -I PREROUTING -i ${dev} -j CT --zone 7`,
    `nft add table ip own; nft add chain ip own pre '{ type filter hook prerouting priority raw; }'; nft add rule ip own pre ip daddr ${one} notrack`,
  ]);
};

const policy: Mutate = ({ links }, observation, random) => {
  const [one, other] = [addressOf(observation, random), addressOf(observation, random)];
  const refuse = random.pick(['prohibit', 'unreachable', 'blackhole']);
  const dev = nameOf(links, random);
  return random.pick([
    `ip rule add to ${one} ${refuse} prio 60`,
    `ip rule add from ${one} ${refuse} prio 61`,
    `ip rule add iif ${dev} to ${one} ${refuse} prio 62`,
    `ip rule add to ${one} lookup 77 prio 63; ip route add ${refuse} default table 77`,
    `ip rule add from ${one} lookup 78 prio 64; ip route add default via ${other} table 78`,
    `ip rule add to ${one} lookup 79 prio 65; ip route add default via ${other} onlink dev ${dev} table 79`,
    `iptables -t mangle -I PREROUTING -j MARK --set-mark 5; ip rule add fwmark 5 ${refuse} prio 66`,
    `iptables -t mangle -I OUTPUT -d ${one} -j MARK --set-mark 6; ip rule add fwmark 6 ${refuse} prio 67`,
    `ip -6 rule add to ${addressOf(observation, random, 'ipv6')} ${refuse} prio 68`,
    `ip rule add to ${one} goto 32767 prio 69`,
    `ip route add throw ${one}`,
  ]);
};

const port: Mutate = ({ links }, _, random) => {
  const ports = links.filter(({ master }) => master !== null);
  const [first] = ports;
  if (first === undefined) return null;
  const { name, master } = random.pick(ports);
  const all = ports.filter((one) => one.master === master).map((one) => one.name);
  const option = random.pick(['flood', 'mcast_flood', 'bcast_flood', 'learning']);
  return random.pick([
    all.map((each) => `bridge link set dev ${each} isolated on`).join('; '),
    `bridge link set dev ${name} state ${random.pick([0, 1, 2, 4])}`,
    `bridge link set dev ${name} ${option} off`,
    `ip link set dev ${master} type bridge stp_state 1 forward_delay 30`,
    `ip link set dev ${master} type bridge vlan_filtering 1; bridge vlan del dev ${name} vid 1`,
    `ip link set dev ${master} type bridge vlan_filtering 1; bridge vlan add dev ${name} vid 9 pvid untagged`,
    `ip addr add 198.18.0.9/24 dev ${name}; ip route add 198.18.1.0/24 dev ${name}`,
  ]);
};

const mtu: Mutate = ({ links }, _, random) =>
  `ip link set dev ${nameOf(links, random)} mtu ${random.pick([700, 1300])}`;

const filter: Mutate = ({ links }, _, random) => {
  const dev = nameOf(links, random);
  return random.pick([
    `sysctl -qw net.ipv4.conf.${dev}.rp_filter=1`,
    'sysctl -qw net.ipv4.conf.all.rp_filter=2',
    `sysctl -qw net.ipv4.conf.${dev}.forwarding=0`,
    `sysctl -qw net.ipv6.conf.${dev}.disable_ipv6=1`,
  ]);
};

const arp: Mutate = ({ links }, observation, random) => {
  const dev = nameOf(links, random);
  const one = addressOf(observation, random);
  return random.pick([
    `sysctl -qw net.ipv4.conf.${dev}.arp_ignore=${random.pick([1, 2, 8])}`,
    'sysctl -qw net.ipv4.conf.all.arp_ignore=8',
    `sysctl -qw net.ipv4.conf.${dev}.arp_filter=1`,
    `ip link set dev ${dev} arp off`,
    `ip neigh replace ${one} lladdr 02:00:00:00:00:99 dev ${dev} nud permanent`,
    `nft add table arp own; nft add chain arp own i '{ type filter hook input priority 0; policy drop; }'`,
    `nft add table arp own; nft add chain arp own o '{ type filter hook output priority 0; }'; nft add rule arp own o drop`,
    `ip link set dev ${dev} address ${random.pick(links).mac ?? '02:00:00:00:00:98'}`,
  ]);
};

const six: Mutate = (_, observation, random) => {
  const one = addressOf(observation, random, 'ipv6');
  const drop = random.pick(['DROP', 'DROP', 'REJECT']);
  const question = random.pick(['neighbour-solicitation', 'neighbour-advertisement']);
  return random.pick([
    `ip6tables -t raw -I PREROUTING -p icmpv6 --icmpv6-type ${question} -j DROP`,
    `ip6tables -t mangle -I POSTROUTING -p icmpv6 --icmpv6-type ${question} -j DROP`,
    `ip6tables -I INPUT -p icmpv6 -j DROP`,
    `ip6tables -I OUTPUT -p icmpv6 -j DROP`,
    `ip6tables -I FORWARD -d ${one} -j ${drop}`,
    `ip6tables -P FORWARD DROP`,
    `ip6tables -t raw -I PREROUTING -d ${one} -j DROP`,
    `ip -6 route add ${random.pick(['unreachable', 'blackhole', 'prohibit'])} ${one}`,
    'sysctl -qw net.ipv6.conf.all.forwarding=0',
  ]);
};

const tools: Mutate = ({ links }, observation, random) => {
  const dev = nameOf(links, random);
  const one = addressOf(observation, random);
  const hook = random.pick(['input', 'output', 'forward', 'prerouting', 'postrouting']);
  return random.pick([
    `iptables-legacy -I FORWARD -d ${one} -j DROP`,
    'iptables-legacy -P FORWARD DROP',
    `nft add table inet own; nft add chain inet own f '{ type filter hook ${hook} priority 0; policy drop; }'`,
    `nft add table inet own; nft add chain inet own f '{ type filter hook ${hook} priority 0; }'; nft add rule inet own f ip daddr ${one} ${hook === 'postrouting' ? 'drop' : random.pick(['drop', 'reject'])}`,
    `nft add table netdev own; nft add chain netdev own i '{ type filter hook ingress device ${dev} priority 0; }'; nft add rule netdev own i ip daddr ${one} drop`,
    `nft add table netdev own; nft add chain netdev own e '{ type filter hook egress device ${dev} priority 0; policy drop; }'`,
    `nft add table bridge own; nft add chain bridge own f '{ type filter hook forward priority 0; policy drop; }'`,
    `tc qdisc add dev ${dev} root netem loss 100%`,
    `tc qdisc add dev ${dev} root tbf rate 8bit burst 20 limit 20`,
  ]);
};

function nameOf(links: readonly Link[], random: Random): string {
  const real = links.filter(({ kind }) => kind !== 'loopback');
  return (real.length === 0 ? undefined : random.pick(real))?.name ?? 'lo';
}

function addressOf({ nodes }: Observation, random: Random, family: 'ipv4' | 'ipv6' = 'ipv4'): string {
  const all = Object.values(nodes).flatMap(({ links }) =>
    links.flatMap(({ addresses }) =>
      addresses
        .filter((one) => one.scope === 'global' && one.family === family)
        .map(({ address }) => address),
    ),
  );
  return all.length === 0 ? (family === 'ipv4' ? '192.0.2.1' : '2001:db8::1') : random.pick(all);
}
