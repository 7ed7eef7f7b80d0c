import { parseSave, serializeRule } from 'iptables-parser-ts';
import type { Line } from '../../../src/core/lab/lab.ts';
import type { Link, NodeState, Observation } from '../../../src/core/state/observation.ts';
import type { Random } from '../topology/random.ts';

/** One thing of a running network taken away or changed, as a line for the shell of the node it is in. */
export function mutation(observation: Observation, random: Random): Line | null {
  const [on = 'host', state] = random.pick(Object.entries(observation.nodes));
  if (state === undefined) return null;
  const run = random.pick([link, link, address, address, route, route, rule, rule, setting])(
    state,
    observation,
    random,
  );
  return run === null ? null : { on, run };
}

type Mutate = (state: NodeState, observation: Observation, random: Random) => string | null;

const link: Mutate = ({ links }, _, random) => {
  const real = links.filter(({ kind }) => kind !== 'physical');
  const one = some(real, random);
  if (one === null) return null;
  const bridges = links.filter(({ kind, name }) => kind === 'bridge' && name !== one.master);
  const { name } = one;
  return random.pick([
    `ip link set dev ${name} down`,
    `ip link set dev ${name} down`,
    one.kind === 'veth' ? `ip link del dev ${name}` : null,
    one.master === null ? null : `ip link set dev ${name} nomaster`,
    one.kind === 'veth' && bridges[0] ? `ip link set dev ${name} master ${random.pick(bridges).name}` : null,
    one.kind === 'loopback'
      ? null
      : `ip link set dev ${name} down; ip link set dev ${name} name x${name.slice(0, 13)} up`,
  ]);
};

const address: Mutate = ({ links }, _, random) => {
  const all = links.flatMap((one) => addressesOf(one).map((each) => ({ ...each, link: one.name })));
  const one = some(all, random);
  if (one === null) return null;
  const gone = `ip addr del ${one.address}/${one.prefix} dev ${one.link}`;
  const v6 = one.family === 'ipv6';
  const back = (text: string) => `${gone}; ip addr add ${text} dev ${one.link}${v6 ? ' nodad' : ''}`;
  const other = some(links, random);
  return random.pick([
    gone,
    back(one.address),
    back(`${one.address}/${random.pick(v6 ? [48, 112, 126] : [8, 16, 25, 28, 30])}`),
    v6 ? null : back(`${one.address.replace(/\d+$/, String(60 + random.below(150)))}/${one.prefix}`),
    v6
      ? null
      : back(`${one.address.replace(/(\d+)\.(\d+)$/, (_all, _net, host) => `77.${host}`)}/${one.prefix}`),
    other === null
      ? null
      : `${gone}; ip addr add ${one.address}/${one.prefix} dev ${other.name}${v6 ? ' nodad' : ''}`,
  ]);
};

const route: Mutate = ({ routes }, observation, random) => {
  const main = routes.filter(
    ({ table, type, text }) => table === 'main' && type === 'unicast' && !/\bfe80:|^ff00:/.test(text),
  );
  const one = some(main, random);
  if (one === null) return null;
  const { destination, family, via, dev } = one;
  const ip = family === 'ipv6' ? 'ip -6' : 'ip';
  const gone = `${ip} route del ${destination}${via === null ? '' : ` via ${via}`}${dev === null ? '' : ` dev ${dev}`}`;
  const there = everyAddress(observation, family);
  const gateway = some(there, random) ?? '192.0.2.1';
  const target = some(there, random) ?? '192.0.2.1';
  return random.pick([
    gone,
    gone,
    `${ip} route replace ${destination} via ${gateway}`,
    `${ip} route replace ${destination} via ${gateway} onlink dev ${dev ?? 'lo'}`,
    `${ip} route add ${target} via ${gateway}`,
    `${ip} route add ${random.pick(['unreachable', 'blackhole', 'prohibit'])} ${target}`,
  ]);
};

const rule: Mutate = ({ rules, links }, observation, random) => {
  const present = parseSave(rules.ipv4).tables.flatMap(({ name, rules: list }) =>
    list.map((each) => ({ table: name, text: serializeRule(each) })),
  );
  const one = some(present, random);
  const gone = one === null ? null : `iptables -t ${one.table} ${one.text.replace(/^-A /, '-D ')}`;
  const there = everyAddress(observation, 'ipv4');
  const any = () => some(there, random) ?? '192.0.2.1';
  const dev = some(links, random)?.name ?? 'lo';
  const matches = random.pick([
    '',
    `-s ${any()}`,
    `-d ${any()}`,
    `-s ${any()}/24`,
    '-p icmp',
    '-p tcp',
    '-p udp --dport 53',
    '-p tcp --dport 80',
  ]);
  const chain = random.pick(['INPUT', 'OUTPUT', 'FORWARD', 'FORWARD'] as const);
  const way = { INPUT: `-i ${dev}`, OUTPUT: `-o ${dev}`, FORWARD: random.pick([`-i ${dev}`, `-o ${dev}`]) }[
    chain
  ];
  const target = random.pick(['DROP', 'REJECT', 'REJECT --reject-with icmp-host-prohibited']);
  return random.pick([
    gone,
    gone,
    gone === null
      ? null
      : `${gone}; iptables -t ${one?.table} -I ${one?.text.replace(/^-A /, '').replace(/192\.168\.\d+/, '192.168.99')}`,
    `iptables -I ${chain} ${matches} -j ${target}`,
    `iptables -A ${chain} ${random.pick(['', way])} ${matches} -j ${target}`,
    `iptables -P ${chain} DROP`,
    `iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; iptables -A FORWARD ${way.replace('-o', '-i')} -j ACCEPT`,
    `iptables -t nat -I POSTROUTING ${matches.replace(/-p .*/, '')} -j SNAT --to-source ${any()}`,
    `iptables -t nat -I PREROUTING -p tcp --dport 80 -j DNAT --to-destination ${any()}`,
    `iptables -t nat -I POSTROUTING -j MASQUERADE`,
    'iptables -t nat -F',
    `ip6tables -I ${chain} -p icmpv6 --icmpv6-type echo-request -j ${random.pick(['DROP', 'REJECT'])}`,
  ]);
};

const setting: Mutate = ({ sysctls }, _, random) => {
  const flip = (key: string) => `sysctl -qw ${key}=${sysctls[key] === '1' ? 0 : 1}`;
  return random.pick([
    flip('net.ipv4.ip_forward'),
    flip('net.ipv4.ip_forward'),
    flip('net.ipv6.conf.all.forwarding'),
    'sysctl -qw net.ipv4.conf.all.rp_filter=1',
    'sysctl -qw net.ipv4.icmp_echo_ignore_all=1',
    'sed -i s/^nameserver.*/nameserver\\ 192.168.1.77/ /etc/resolv.conf',
  ]);
};

const addressesOf = ({ addresses }: Link) => addresses.filter(({ scope }) => scope === 'global');

export function everyAddress({ nodes }: Observation, family: 'ipv4' | 'ipv6'): string[] {
  return Object.values(nodes).flatMap(({ links }) =>
    links.flatMap((one) =>
      addressesOf(one)
        .filter((each) => each.family === family)
        .map((each) => each.address),
    ),
  );
}

/** Addresses that two links have: who answers for them is chance. */
export function ownedTwice(observation: Observation): boolean {
  const all = [...everyAddress(observation, 'ipv4'), ...everyAddress(observation, 'ipv6')];
  return new Set(all).size < all.length;
}

function some<T>(from: readonly T[], random: Random): T | null {
  return from.length === 0 ? null : random.pick(from);
}
