import type { Check, CheckArguments, CheckKind } from '../../src/core/check/check.ts';

/** Checks of one kind that can be answered in the network of test/kernel/broken-tools.test.ts, and the programs hoplab asks them with. */
interface Asked<K extends CheckKind> {
  args: CheckArguments[K][];
  programs: string[];
  /** The additions to that network that only this kind needs: shell lines, run on its host at the end. */
  network?: string;
}

const control = { from: 'red', to: '10.0.0.2' };
const nameControl = { from: 'red', name: 'localhost' };
const query = { from: 'red', name: 'db.example', type: 'A', recurse: true } as const;
const run = { on: 'red', run: 'ip link set lo up' };
const hosts = { address: '10.0.0.9', name: 'nobody' };
/** State is read over netlink; rules, where they have changed, by programs of the machine. */
const reader = ['nsenter', 'sh', 'iptables-save'];
/** A program is run in a named namespace by `ip`. */
const inRed = ['ip', ...reader];

/** Every kind there is, with and without what turns it round: a kind without a case does not compile. */
export const everyKind: { [K in CheckKind]: Asked<K> } = {
  netns: {
    args: [
      { name: 'red', absent: false },
      { name: 'blue', absent: true },
    ],
    programs: reader,
  },
  link: {
    args: [
      { on: 'red', name: 'eth0', absent: false },
      { on: 'red', name: 'eth1', absent: true },
      { on: 'red', name: 'eth0', mtu: 1500, absent: false },
      {
        on: 'host',
        name: 'vx',
        kind: 'vxlan',
        parent: 'to-red',
        tunnel: { id: 42, dstport: 4789 },
        absent: false,
      },
    ],
    programs: reader,
  },
  address: {
    args: [
      { on: 'red', address: '10.0.0.1/24', absent: false },
      { on: 'red', address: '10.0.0.3/24', absent: true },
    ],
    programs: reader,
  },
  route: {
    args: [
      { on: 'red', to: '10.0.0.2', absent: false },
      { on: 'red', to: '8.8.8.8', absent: true },
    ],
    programs: reader,
  },
  neighbour: {
    args: [
      { on: 'red', address: '10.0.0.2', absent: false },
      { on: 'red', address: '10.0.0.7', absent: true },
    ],
    programs: reader,
  },
  sysctl: { args: [{ on: 'host', key: 'net.ipv4.ip_forward', value: '0' }], programs: reader },
  rule: {
    args: [
      { on: 'host', like: '-A FORWARD -p icmp -j ACCEPT', absent: false },
      { on: 'host', like: '-A FORWARD -j DROP', absent: true },
    ],
    programs: reader,
  },
  listener: {
    args: [
      { on: 'host', protocol: 'tcp', port: 80, absent: false },
      { on: 'host', protocol: 'tcp', port: 81, absent: true },
    ],
    programs: reader,
  },
  ping: {
    args: [
      { from: 'red', to: '10.0.0.2', expect: 'reply' },
      { from: 'red', to: '10.0.0.2', size: 4000, expect: 'reply' },
      { from: 'red', to: '8.8.8.8', expect: 'no-route', control },
    ],
    programs: ['ping', ...inRed],
  },
  http: {
    args: [
      { from: 'red', url: 'http://10.0.0.2/', expect: 'answer', status: 200 },
      { from: 'red', url: 'http://10.0.0.2:81/', expect: 'no-listener', status: 200, control },
    ],
    programs: ['curl', ...inRed],
  },
  seen: {
    args: [{ from: 'red', to: '10.0.0.2', at: 'host', source: '10.0.0.1' }],
    programs: ['ping', 'tcpdump', ...inRed],
  },
  process: {
    args: [{ on: 'red', name: 'sleep 1001', has: ['net_admin'] }],
    programs: ['ps', 'stat', 'grep', 'sh'],
  },
  command: {
    args: [
      { ...run, exit: 0 },
      { ...run, as: 'sleep 1001', exit: 0 },
      { on: 'red', run: 'ip link set lo nonsense', exit: 255, output: 'nonsense', control: 'ip link' },
    ],
    programs: ['bash', 'ps'],
  },
  dns: {
    args: [
      { ...query, expect: 'answer' },
      { ...query, name: 'nobody.example', expect: 'name-unknown', control: nameControl },
    ],
    programs: ['dig', ...inRed],
  },
  resolve: {
    args: [
      { from: 'red', name: 'db.example', libc: 'glibc', expect: 'answer' },
      { from: 'red', name: 'nobody.example', libc: 'glibc', expect: 'name-unknown', control: nameControl },
    ],
    programs: ['getent', 'env', ...inRed],
  },
  cached: {
    args: [{ from: 'red', name: 'db.example', type: 'A', at: 'host' }],
    programs: ['dig', 'tcpdump'],
  },
  file: {
    args: [
      { on: 'red', nameserver: '10.0.0.2', absent: false },
      { on: 'red', hosts, absent: true },
    ],
    programs: reader,
  },
  path: {
    args: [
      { from: 'red', to: '10.0.0.2', through: ['host'], translated: [], symmetric: true },
      { from: 'red', to: '8.8.8.8', ends: { at: 'red', reason: 'no-route' }, control },
    ],
    programs: ['ping', ...inRed],
  },
  nat: {
    args: [{ from: 'red', to: '10.0.0.2', at: 'red', source: '10.0.0.1' }],
    programs: ['ping'],
  },
  tcp: {
    args: [
      { from: 'red', to: '10.0.0.2', port: 80, expect: 'accepted' },
      { from: 'red', to: '10.0.0.2', port: 81, expect: 'no-listener', control },
    ],
    programs: ['nc', ...inRed],
  },
  tls: {
    args: [
      { from: 'red', to: '10.0.0.2', port: 443, name: 'db.example', expect: 'accepted' },
      { from: 'red', to: '10.0.0.2', port: 80, expect: 'no-tls', control },
      { from: 'red', to: '10.0.0.2', port: 81, expect: 'no-listener', control },
    ],
    programs: ['python3', ...inRed],
  },
  ntp: {
    args: [
      { from: 'red', to: '10.0.0.2', stratum: 8, offset: 0, within: 0.5, expect: 'answer' },
      { from: 'red', to: '10.0.0.2', within: 1, expect: 'answer' },
    ],
    programs: ['python3', ...reader],
    network: `mkdir -p -m 750 /run/chrony
      for one in 'local stratum 8\nallow\ncmdport 0\npidfile /run/time.pid\nbindcmdaddress /' \
        'server 10.0.0.2 iburst minpoll 0\nport 0\npidfile /run/chrony.pid'; do
        printf "user root\n$one\n" >/run/time.conf
        case $one in server*) place='ip netns exec red' ;; *) place= ;; esac
        $place chronyd -x -f /run/time.conf
      done`,
  },
  load: {
    args: [
      {
        ...{ from: 'red', to: '10.0.0.2', port: 53, protocol: 'udp', name: 'db.example', type: 'A' },
        ...{ queries: 100, runs: 4, clients: 4, lost: 0, expect: 'answer' },
      },
      {
        ...{ from: 'red', to: '10.0.0.2', port: 54, protocol: 'udp', name: 'db.example', type: 'A' },
        ...{ queries: 100, runs: 4, clients: 4, lost: 0, expect: 'no-listener', control },
      },
    ],
    programs: ['dnsperf', ...inRed],
  },
  'time-source': {
    args: [
      { on: 'red', source: '10.0.0.2', state: ['selected'], answers: true },
      { on: 'red', source: '10.0.0.2' },
    ],
    programs: ['chronyc', ...reader],
  },
  mtu: {
    args: [{ from: 'red', to: '10.0.0.2', bytes: 1500 }],
    programs: ['ping', 'bash', 'python3', ...inRed],
  },
  'all-pairs': {
    args: [{ family: 'ipv4' }, { nodes: ['host', 'red'], family: 'ipv4' }],
    programs: reader,
  },
  smtp: {
    args: [
      {
        ...{ from: 'red', to: '10.0.0.2', port: 25, sender: '', recipient: 'b@db.example' },
        ...{ code: 250, text: 'queued', expect: 'answer' },
      },
      {
        ...{ from: 'red', to: '10.0.0.2', port: 81, sender: '', recipient: 'b@db.example', code: 250 },
        ...{ expect: 'no-listener', control },
      },
    ],
    programs: ['python3', ...reader],
    // Its policy asks the name server about every sender.
    network: 'echo nameserver 10.0.0.2 >/etc/resolv.conf; sh /.hoplab/mail',
  },
  'conntrack-entry': {
    args: [
      {
        on: 'host',
        protocol: 'icmp',
        source: '10.0.0.1',
        destination: '10.0.0.2',
        replied: true,
        absent: false,
      },
      {
        ...{
          on: 'host',
          protocol: 'tcp',
          source: '10.0.0.1',
          destination: '10.0.0.9',
          port: 80,
          absent: false,
        },
        ...{ state: 'ESTABLISHED', mark: 5, reply: { source: '10.0.0.2', port: 8080 } },
      },
      { on: 'host', protocol: 'udp', source: '10.0.0.1', port: 9, absent: true },
    ],
    programs: ['conntrack', 'bash'],
    network: `iptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
      ip netns exec red ping -c 1 10.0.0.2 >/dev/null
      conntrack -I -p tcp -s 10.0.0.1 -d 10.0.0.9 --sport 1000 --dport 80 --dst-nat 10.0.0.2:8080 \\
        --state ESTABLISHED -u SEEN_REPLY,ASSURED -m 5 -t 1000 >/dev/null 2>&1`,
  },
  'ip-rule': {
    args: [
      {
        ...{ on: 'host', family: 'ipv4', from: '10.5.0.0/16', iif: 'to-red', mark: 5, table: '55' },
        ...{ action: 'lookup', priority: 1000, absent: false },
      },
      { on: 'host', family: 'ipv6', to: 'fd00::/64', action: 'prohibit', absent: false },
      { on: 'host', family: 'ipv4', from: '10.5.0.0/16', table: '55', action: 'lookup', absent: true },
    ],
    programs: reader,
    network: `ip rule add priority 1000 from 10.5.0.0/16 iif to-red fwmark 5 table 55
      ip -6 rule add to fd00::/64 prohibit`,
  },
  'route-get': {
    args: [
      {
        ...{ on: 'host', to: '10.7.0.1', from: '10.0.0.2', mark: 6 },
        ...{ via: '10.0.0.1', dev: 'to-red', table: '56', absent: false },
      },
      { on: 'host', to: '10.7.0.1', mark: 7, absent: true },
    ],
    programs: ['bash', ...reader],
    network: `ip route add 10.7.0.0/16 via 10.0.0.1 table 56; ip rule add fwmark 6 table 56`,
  },
  fdb: {
    args: [
      { on: 'host', mac: '02:00:00:00:00:09', dev: 'vx', dst: '10.0.0.1', absent: false },
      { on: 'host', mac: '02:00:00:00:00:09', dst: '10.0.0.7', absent: true },
    ],
    programs: reader,
    network: `ip link add vx type vxlan id 42 dstport 4789 dev to-red
      bridge fdb append 02:00:00:00:00:09 dev vx dst 10.0.0.1`,
  },
  // Not every kernel has bridges that filter VLANs.
  vlan: {
    args: [
      { on: 'host', dev: 'br9', id: 9, absent: true },
      { on: 'host', dev: 'br9', id: 10, pvid: true, absent: true },
    ],
    programs: reader,
    network: 'ip link add name br9 type bridge',
  },
  distribution: {
    args: [
      {
        ...{ from: 'red', url: 'http://10.0.0.2/', spread: 'one', requests: 30, falseAlarm: 1e-6 },
        backends: { host: 1, other: 1 },
      },
    ],
    programs: ['python3', ...inRed],
  },
};

/** All of them as checks, one after the other. */
export const everyCheck: Check[] = Object.entries(everyKind).flatMap(([kind, { args }]) =>
  args.map((one, index) => ({ id: `${kind}-${index}`, kind, args: one, needs: [], until: null }) as Check),
);
