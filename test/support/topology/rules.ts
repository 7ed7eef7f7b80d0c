import { addressOf, type Family, type Place } from './place.ts';
import type { Random } from './random.ts';

/** A rule of one node: a translation, or one that drops, refuses or accepts, some behind chains of their own. */
export function randomRule(node: string, places: Place[], family: Family, random: Random): string {
  const iptables = `ip netns exec ${node} ${family === 4 ? 'iptables' : 'ip6tables'}`;
  return random.chance(0.55)
    ? `${iptables} -t nat ${translation(node, places, family, random)}`
    : filtering(iptables, places, family, random);
}

function translation(node: string, places: Place[], family: Family, random: Random): string {
  const own = places.filter((place) => `n${place.node}` === node);
  const any = () => addressOf(random.pick(places), family);
  const port = random.pick([80, 53]);
  const to = (address: string, other: number) => `${family === 4 ? address : `[${address}]`}:${other}`;
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return `-A POSTROUTING -o ${random.pick(own).link} -j MASQUERADE`;
    case 3: {
      const match = random.pick([`-d ${any()}`, `-s ${any()}`, '-p udp', '-p tcp']);
      return `-A POSTROUTING ${match} -j SNAT --to-source ${addressOf(random.pick(own), family)}`;
    }
    case 4:
      return `-A PREROUTING -d ${any()} -j DNAT --to-destination ${any()}`;
    case 5:
      return `-A PREROUTING -p tcp -d ${any()} --dport 80 -j DNAT --to-destination ${to(any(), 8080)}`;
    case 6:
      return `-A OUTPUT -d ${any()} -j DNAT --to-destination ${any()}`;
    default: {
      const protocol = port === 53 ? 'udp' : random.pick(['tcp', 'udp']);
      const chain = random.pick(['PREROUTING', 'PREROUTING', 'OUTPUT']);
      return `-A ${chain} -p ${protocol} --dport ${port} -j REDIRECT --to-ports 8080`;
    }
  }
}

const hooks = [
  ['raw', 'PREROUTING'],
  ['mangle', 'PREROUTING'],
  ['filter', 'INPUT'],
  ['filter', 'FORWARD'],
  ['filter', 'FORWARD'],
  ['filter', 'OUTPUT'],
  ['mangle', 'FORWARD'],
  ['mangle', 'POSTROUTING'],
] as const;

/** In IPv6 never of everything: neighbour discovery passes the rules too, and would be counted. */
function matchOf(places: Place[], family: Family, random: Random): string {
  if (family === 6)
    return random.pick([
      '-p ipv6-icmp --icmpv6-type echo-request',
      '-p ipv6-icmp --icmpv6-type echo-reply',
      '-p tcp',
      '-p udp',
      '-p tcp --dport 80',
    ]);
  const address = addressOf(random.pick(places), family);
  return random.pick([`-s ${address}`, `-d ${address}`, '-p icmp', '-p tcp --dport 80', '-p udp']);
}

function filtering(iptables: string, places: Place[], family: Family, random: Random): string {
  const [table, chain] = random.pick(hooks);
  const match = () => matchOf(places, family, random);
  const refuse = table === 'filter' && random.chance(0.3);
  const spend = table === 'mangle' && chain === 'PREROUTING' && random.chance(0.5);
  const hops = family === 4 ? 'TTL --ttl-set' : 'HL --hl-set';
  const target = spend
    ? `${hops} ${1 + random.below(3)}`
    : random.pick(['ACCEPT', refuse ? 'REJECT' : 'DROP']);
  const add = `${iptables} -t ${table} -A`;
  if (random.chance(0.5)) return `${add} ${chain} ${match()} -j ${target}`;
  const [own, inner] = [`C${random.below(1000)}`, `D${random.below(1000)}`];
  const make = `${iptables} -t ${table} -N`;
  const all = family === 4 ? '' : `${match()} `;
  const deep = random.chance(0.4);
  return [
    `${make} ${own}`,
    ...(random.chance(0.3) ? [`${add} ${own} ${match()} -j RETURN`] : []),
    ...(deep
      ? [`${make} ${inner}`, `${add} ${inner} ${match()} -j ${target}`, `${add} ${own} ${all}-j ${inner}`]
      : []),
    ...(deep ? [] : [`${add} ${own} ${match()} -j ${target}`]),
    `${add} ${chain} ${all}${random.chance(0.2) ? '-g' : '-j'} ${own}`,
  ].join('; ');
}
