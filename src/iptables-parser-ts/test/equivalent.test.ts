import t from 'tap';
import { equivalent, normalize, parseRule, serializeRule } from '../src/index.ts';

const rule = (line: string) => parseRule(/^(ip|sudo)/.test(line) ? line : `-A C ${line}`);

/** Each row: ways to write one rule. The last is its normal form. */
const ALIKE: readonly (readonly string[])[] = [
  ['-s 10.0.0.1', '-s 10.0.0.1/255.255.255.255', '--source 10.0.0.1/32', '-s 012.0x0.0.1', '-s 10.0.0.1/32'],
  ['-s 10.0.0.5/24', '-s 10/24', '-s 10.0.0.0/24'],
  ['-d 0/0 -i + -p all', '-p 0', '-p ip', ''],
  ['-p 6', '-p TCP', '--protocol tcp', '-p tcp'],
  [
    '-p tcp --dport http',
    '--protocol 6 -m tcp --destination-port 0x50',
    '-m tcp -p tcp --dport=80:80',
    '-p tcp -m tcp --dport 80',
  ],
  ['-p tcp --dport :80', '-p tcp -m tcp --dport 0:80'],
  ['-p tcp --dport 0:65535', '-p tcp -m tcp'],
  [
    '-p tcp --syn',
    '-p tcp -m tcp --tcp-flags SYN,RST,ACK,FIN SYN',
    '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN',
  ],
  ['-p icmp --icmp-type echo-request', '-p 1 --icmp-type ping', '-p icmp -m icmp --icmp-type 8'],
  [
    '-p icmpv6 --icmpv6-type ping',
    '-p 58 -m icmpv6 --icmpv6-type echo-request',
    '-p ipv6-icmp -m icmp6 --icmpv6-type 128',
  ],
  ['-j MARK --or-mark 0x4000', '-j MARK --set-mark 0x4000/0x4000', '-j MARK --set-xmark 0x4000/0x4000'],
  ['-j MARK --xor-mark 0x4000', '-j MARK --set-xmark 16384/0', '-j MARK --set-xmark 0x4000/0x0'],
  ['-j MARK --and-mark 0xff', '-j MARK --set-xmark 0x0/0xffffff00'],
  ['-j MARK --set-mark 1', '-j MARK --set-xmark 1', '-j MARK --set-xmark 0x1/0xffffffff'],
  ['-j MARK --set-mark 3/1', '-j MARK --set-xmark 0x3/0x3'],
  [
    '-j CONNMARK --save-mark',
    '-j CONNMARK --save-mark --mask 0xffffffff',
    '-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff',
  ],
  ['-j CONNMARK --set-mark 4 --mask 3', '-j CONNMARK --set-xmark 0x4/0x3'],
  ['-m mark --mark 0x1/0xffffffff', '-m mark --mark 1', '-m mark --mark 0x1'],
  ['-m state --state ESTABLISHED,RELATED', '-m conntrack --ctstate RELATED,ESTABLISHED'],
  ['-m conntrack --ctstate established,rel', '-m conntrack --ctstate RELATED,ESTABLISHED'],
  ['-m conntrack --ctorigsrc 10.0.0.7/24', '-m conntrack --ctorigsrc 10.0.0.0/24'],
  ['-m conntrack --ctorigsrc 10.0.0.7/32', '-m conntrack --ctorigsrc 10.0.0.7'],
  ['-m conntrack --ctproto tcp --ctstatus NONE,ASSURED', '-m conntrack --ctproto 6 --ctstatus ASSURED'],
  // Only iptables before 1.8.11 loads these, so no rule of the corpus has them.
  ['-m conntrack --ctproto all', '-m conntrack --ctproto 0'],
  [
    '-m statistic --mode random --probability 0.3333333333',
    '-m statistic --mode random --probability 0.33333333349',
  ],
  [
    '-m statistic --probability .000244140625 --mode random',
    '-m statistic --mode random --probability 0.00024414062',
  ],
  ['-m statistic --mode nth --every 3', '-m statistic --mode nth --every 3 --packet 0'],
  [
    '-m recent --name X --set',
    '-m recent --set --name X --mask 255.255.255.255',
    '-m recent --set --name X --mask 255.255.255.255 --rsource',
  ],
  ['-m limit --limit 300/min', '-m limit --limit 5 --limit-burst 5', '-m limit --limit 5/sec'],
  ['-m limit', '-m limit --limit 3/hour'],
  [
    '-m hashlimit ! --hashlimit-above 512kb/s --hashlimit-name h',
    '-m hashlimit --hashlimit-upto 512kb/s --hashlimit-name h',
  ],
  [
    '-m hashlimit --hashlimit-upto 300/min --hashlimit-name h',
    '-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-name h --hashlimit-htable-expire 60000',
  ],
  ['-m multiport -p tcp --destination-ports https,http,80', '-p tcp -m multiport --dports 80,443'],
  ['-m addrtype --dst-type local', '-m addrtype --dst-type LOCAL'],
  ['-m iprange --src-range 10.0.0.1', '-m iprange --src-range 10.0.0.1-10.0.0.1'],
  ['-m mac --mac-source 0:1:2:A:B:C', '-m mac --mac-source 00:01:02:0a:0b:0c'],
  ['-m owner --uid-owner root', '-m owner --uid-owner 0-0', '-m owner --uid-owner 0'],
  ['-m length --length :20', '-m length --length 0:20'],
  ['-m ttl --ttl 5', '-m ttl --ttl-eq 5'],
  ['-m u32 --u32 "6 & 0xFF = 010"', '-m u32 --u32 "0x6&0xff=0x8"'],
  ['-m string --algo bm --hex-string "|47 45|T" --to 65535', '-m string --string "GET" --algo bm'],
  ['-m string --algo bm --string é', '-m string --hex-string "|c3a9|" --algo bm'],
  ['-m set --match-set s src --update-counters', '-m set --match-set s src'],
  ['-j REJECT', '-j REJECT --reject-with port-unreach', '-j REJECT --reject-with icmp-port-unreachable'],
  [
    '-s ::1 -j REJECT',
    '-s 0:0::1/128 -j REJECT --reject-with port-unreach',
    '-s ::1/128 -j REJECT --reject-with icmp6-port-unreachable',
  ],
  ['-j LOG --log-level warning', '-j LOG --log-level 4', '-j LOG'],
  ['-j NFLOG --nflog-group 0 --nflog-range 5', '-j NFLOG'],
  ['-j NFQUEUE', '-j NFQUEUE --queue-num 0'],
  ['-j NOTRACK', '-j CT --notrack'],
  ['-j CT --zone-orig 3 --zone-reply 3', '-j CT --zone 3'],
  [
    '-p tcp -j DNAT --to 10.0.0.1-10.0.0.1:80-80',
    '-p tcp -j DNAT --to-destination 10.0.0.1:http',
    '-p tcp -j DNAT --to-destination 10.0.0.1:80',
  ],
  [
    '-s fe80::1 -p tcp -j DNAT --to-destination [2001:DB8:0::1]:80',
    '-s fe80::1/128 -p tcp -j DNAT --to-destination [2001:db8::1]:80',
  ],
  ['-j NETMAP --to 10.0.0.5/24', '-j NETMAP --to 10.0.0.0/24'],
  [
    '-p tcp -j TPROXY --on-port 3128',
    '-p tcp -j TPROXY --on-port 3128 --on-ip 0.0.0.0 --tproxy-mark 0x0/0x0',
  ],
  ['-p udp --dport 010', '-p udp -m udp --dport 10'],
  ['-p tcp --dport 010', '-p tcp -m tcp --dport 8'],
  // Matches that only look at the packet may change places, also around a comment.
  [
    '-p tcp --dport 80 -m comment --comment x -m mark --mark 1',
    '-m mark --mark 1 -p tcp -m comment --comment x --dport 80',
    '-p tcp -m comment --comment x -m mark --mark 0x1 -m tcp --dport 80',
  ],
];

for (const [i, row] of ALIKE.entries()) {
  const normal = row.at(-1) ?? '';
  t.test(normal || `row ${i}`, async (t) => {
    for (const line of row) {
      t.ok(equivalent(rule(line), rule(normal)), line);
      t.equal(serializeRule(normalize(rule(line))), `-A C ${normal}`.trim(), `normal form of ${line}`);
    }
  });
}

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['-s 10.0.0.0/24', '! -s 10.0.0.0/24'],
  ['-p tcp', '-p tcp -m tcp'],
  ['-m comment --comment x', '-m comment --comment y'],
  ['-m comment --comment x', ''],
  ['-j C2', '-g C2'],
  ['-j ACCEPT', ''],
  ['-m mark --mark 1', '-m connmark --mark 1'],
  ['-m limit --limit 5/s -m mark --mark 1', '-m mark --mark 1 -m limit --limit 5/s'],
  ['-m pkttype --pkt-type unicast -m mark --mark 1', '-m mark --mark 1 -m pkttype --pkt-type unicast'],
  ['-m statistic --mode random --probability 0.5', '-m statistic --mode random --probability 0.50001'],
  ['-j DNAT --to-destination 10.0.0.1', '-j DNAT --to-destination 10.0.0.1 --random'],
  ['-s localhost', '-s 127.0.0.1'],
  ['-p tcp -m multiport --dports 80', '-p tcp -m tcp --dport 80'],
];

for (const [a, b] of DIFFERENT) {
  t.test(`${a} is not ${b || 'an empty rule'}`, async (t) => t.notOk(equivalent(rule(a), rule(b))));
}

t.test('compares rules, not the commands around them', async (t) => {
  const rules = [
    '-A C -j DROP',
    '-I C 3 -j DROP',
    '-D C -j DROP',
    '[5:300] -A C -j DROP',
    '-A C -c 5 300 -j DROP',
  ].map((l) => parseRule(l));
  for (const r of rules) t.ok(equivalent(r, rule('-j DROP')));
});

t.test('table, chain and family', async (t) => {
  t.notOk(equivalent(parseRule('-A C -j DROP', { table: 'nat' }), parseRule('-A C -j DROP')));
  t.notOk(equivalent(parseRule('-A C -j DROP'), parseRule('-A D -j DROP')));
  t.notOk(equivalent(parseRule('iptables -A C -j DROP'), parseRule('ip6tables -A C -j DROP')));
  t.ok(
    equivalent(parseRule('-A C -j DROP'), parseRule('ip6tables -A C -j DROP')),
    'a rule that tells no family',
  );
  t.ok(
    equivalent(
      parseRule('-A C -j REJECT'),
      parseRule('ip6tables -A C -j REJECT --reject-with icmp6-port-unreachable'),
    ),
  );
  t.notOk(
    equivalent(
      parseRule('iptables -A C -j REJECT'),
      parseRule('-A C -j REJECT --reject-with icmp6-port-unreachable'),
    ),
  );
});

t.test('normalize leaves its rule alone', async (t) => {
  const typed = rule('-m state --state ESTABLISHED,NEW -p tcp --dport http -j REJECT');
  const before = structuredClone(typed);
  normalize(typed);
  t.same(typed, before);
});
