import type { Random } from '../support/topology/random.ts';
import { ways } from './ways.ts';

/** Programs by which hoplab enters machines, and those it has read or measure something there. */
const programs = [
  ...[
    'ip',
    'nft',
    'sh',
    'bash',
    'ss',
    'python3',
    'env',
    'cat',
    'ps',
    'sleep',
    'tar',
    'mount',
    'nsenter',
    'unshare',
  ],
  ...['iptables', 'iptables-save', 'ip6tables-save', 'ipset', 'conntrack', 'sysctl', 'bridge', 'ethtool'],
  ...['ping', 'tcpdump', 'curl', 'dig', 'getent', 'nc', 'arping', 'traceroute', 'setpriv', 'timeout'],
];

/** What stands in the place of a program; `$whole` is the program itself. */
const behaviours: readonly ((random: Random) => string)[] = [
  (random) => `exit ${random.pick([0, 1, 2, 7, 126, 127, 255])}`,
  (random) => `echo garbage; echo garbage >&2; exit ${random.below(3)}`,
  (random) => `head -c ${1 << random.below(24)} /dev/urandom; exit 0`,
  (random) =>
    `printf '${random.pick(['{', '[]', '[null]', '{"a":1e999}', '\\\\0\\\\0', '\\\\033[2J', '-1'])}'`,
  () => 'exec yes',
  () => 'yes | tr -d "\\n"',
  () => 'while :; do sleep 1; done',
  () => "trap '' TERM HUP INT PIPE QUIT; while :; do sleep 1; done",
  (random) => `kill -${random.pick(['KILL', 'STOP', 'SEGV', 'PIPE'])} $$`,
  () => '(setsid sh -c "while sleep 0.02; do echo x; done" &); exec $whole "$@"',
  () => '(setsid sleep 1003 &); exec $whole "$@"',
  (random) => `sleep ${random.below(3)}; exec $whole "$@"`,
  (random) => `$whole "$@" | head -c ${random.below(400)}`,
  () => '$whole "$@" | tr 0-9 1-90',
  () => '$whole "$@"; $whole "$@"',
  () => '$whole "$@"; while :; do sleep 1; done',
  () => 'exec "$0" "$@"',
  () => 'kill -9 $PPID; exec $whole "$@"',
];

const places = [
  ...[
    '/etc/hosts',
    '/etc/passwd',
    '/etc/group',
    '/etc/nsswitch.conf',
    '/etc/resolv.conf',
    '/etc/ld.so.preload',
  ],
  ...['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/services', '/etc/profile', '/etc/netns', '/etc/iproute2'],
  ...[
    '/run/netns',
    '/run/netns/x',
    '/run',
    '/.hoplab',
    '/.hoplab/nodes',
    '/root',
    '/root/.bashrc',
    '/tmp',
    '/dev/null',
  ],
  ...[
    '/dev/pts',
    '/proc/net',
    '/proc/self',
    '/proc/1',
    '/proc/sys/net',
    '/sys',
    '/usr/bin',
    '/usr/sbin',
    '/usr/lib',
  ],
  ...[
    '/usr/share/locale',
    '/usr/share/terminfo',
    '/lib/terminfo',
    '/usr/lib/locale',
    '/usr/lib/python3',
    '/',
  ],
];

/** What is done to a place. */
const harms: readonly ((place: string, random: Random) => string)[] = [
  (place) => `rm -rf ${place}; mkfifo ${place}`,
  (place) => `rm -rf ${place}; mkdir -p ${place}`,
  (place) => `rm -rf ${place}; ln -s ${place} ${place}`,
  (place, random) => `rm -rf ${place}; ln -s ${random.pick(places)} ${place}`,
  (place) => `rm -rf ${place}; truncate -s 20G ${place}`,
  (place, random) => `rm -rf ${place}; head -c ${1 << random.below(22)} /dev/urandom >${place}`,
  (place) => `mount -t tmpfs none ${place}`,
  (place) => `: >/run/empty; mount --bind /run/empty ${place}`,
  (place, random) => `mount --bind ${random.pick(places)} ${place}`,
  (place) => `umount -l ${place}`,
  (place, random) => `chmod ${random.pick(['0', '777', '4755'])} ${place}`,
  (place, random) => `chown ${random.below(65536)}:${random.below(65536)} ${place}`,
];

const own = (random: Random) => `x${random.below(90)}`;

/** What is done to the network, or to processes. */
const lines: readonly ((random: Random) => string)[] = [
  (random) =>
    `ip link add ${own(random)} type ${random.pick(['dummy', 'bridge', 'veth', 'vrf table 7', 'ifb'])}`,
  (random) => `ip link del $(ls /sys/class/net | sed -n ${1 + random.below(6)}p)`,
  (random) =>
    `ip link set $(ls /sys/class/net | sed -n ${1 + random.below(6)}p) name ${random.pick(['..x', '-x', '"a b"', "$'\\t'"])}`,
  (random) => `ip link set lo mtu ${random.pick([0, 68, 1279, 65535])}`,
  (random) => `ip netns add ${random.pick(['-x', '..x', '"a b"', 'host', "$'\\033'", '$(printf %0200d 0)'])}`,
  (random) =>
    `ip rule add pref ${random.below(3)} ${random.pick(['blackhole', 'goto 30000', 'table 9', 'unreachable'])}`,
  (random) =>
    `ip route replace ${random.pick(['blackhole', 'throw', 'prohibit'])} default metric ${random.below(9)}`,
  (random) =>
    `nft add table inet ${own(random)}; nft add chain inet ${own(random)} c '{ type filter hook ${random.pick(['input', 'output', 'prerouting'])} priority ${random.below(600) - 300}; policy drop; }'`,
  (random) => `nft 'add table inet hoplab_trace; add chain inet hoplab_trace c${random.below(9)}'`,
  () => 'nft flush ruleset',
  (random) =>
    `sysctl -qw net.ipv4.${random.pick(['ip_forward', 'ip_default_ttl', 'icmp_echo_ignore_all', 'tcp_mem'])}=${random.below(256)}`,
  (random) => `sysctl -qw net.ipv6.conf.all.disable_ipv6=${random.below(2)}`,
  (random) =>
    `kill -${random.pick(['STOP', 'KILL', 'HUP'])} $(ps -eo pid= | sort -n | sed -n ${1 + random.below(20)}p)`,
  (random) =>
    `timeout 6 sh -c 'while :; do ${random.pick(['ip link add f type dummy; ip link del f', 'ip netns add f; ip netns del f', 'touch /etc/f; rm /etc/f'])}; done' & sleep 0.3`,
];

/** A script in the place of a program: all places in which it is found, for /usr is read-only. */
function replaced(random: Random): string {
  const program = random.pick(programs);
  const script = random.pick(behaviours)(random).replaceAll("'", "'\\''");
  return `mkdir -p /run/own; cp -n /usr/bin/dash /run/own/sh
cp -n "$(readlink -f "$(command -v ${program})")" /run/own/${program}
printf '%s\\n' '#!/run/own/sh' 'whole=/run/own/${program}' '${script}' >/run/own/${program}.instead
chmod 755 /run/own/${program}.instead
for file in $(readlink -f /usr/bin/${program} /usr/sbin/${program} | sort -u); do mount --bind /run/own/${program}.instead $file; done`;
}

/** Lines of one to five ways to spoil a machine, of which none knows of the others. */
export function randomWay(random: Random): string {
  const one = (): string => {
    const kind = random.below(10);
    if (kind < 2) return ways[random.pick(Object.keys(ways))] ?? '';
    if (kind < 5) return replaced(random);
    if (kind < 8) return random.pick(harms)(random.pick(places), random);
    return random.pick(lines)(random);
  };
  return Array.from({ length: 1 + random.below(5) }, one).join('\n');
}
