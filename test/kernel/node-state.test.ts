import t from 'tap';
import { fdbLines, linkDetails, nftLines, policyLines, settingLines } from '../../src/core/state/extras.ts';
import type { NodeState } from '../../src/core/state/observation.ts';
import { sh, workplace } from '../support/machines.ts';

const link = (node: NodeState | undefined, name: string) => {
  const found = node?.links.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no link ${name}`);
  return found;
};

t.test('the state of a node contains more than main routes and iptables', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    t.same(
      policyLines((await machine.observe()).nodes.host as NodeState),
      [],
      'a new node has the usual rules only',
    );
    await sh(
      machine,
      `ip link add br0 type bridge; ip link set br0 up
      ip link add v0 type veth peer name v1; ip link set v0 master br0 up; ip link set v1 up mtu 1400
      ip addr add 10.0.0.1/24 dev v1
      ip link add vx type vxlan id 42 remote 10.0.0.2 dstport 4789 dev v1
      ip link add mv link v1 type macvlan mode bridge
      bridge fdb add 02:00:00:00:00:09 dev v0 master static
      ip route add 10.9.0.0/16 via 10.0.0.2 table 55; ip route add 10.8.0.0/16 via 10.0.0.2 mtu 1300
      ip -6 route add 2001:db8::/32 dev v1 pref high; ip -6 route add 2001:db9::/32 dev v1
      ip rule add not from 10.0.0.0/8 fwmark 5 iif v1 table 55; ip -6 rule add to fd00::/64 prohibit`,
    );
    const host = (await machine.observe()).nodes.host;
    if (host === undefined) throw new Error('no host');
    t.match(policyLines(host), [
      /^\d+: not from 10\.0\.0\.0\/8 fwmark 0x5 iif v1 lookup 55$/,
      /^-6 \d+: from all to fd00::\/64 prohibit$/,
    ]);
    const policy = host.policies.find(({ action }) => action.kind === 'table' && action.table === '55');
    t.match(policy, {
      family: 'ipv4',
      negated: true,
      from: '10.0.0.0/8',
      to: null,
      mark: { value: 5 },
      iif: 'v1',
    });
    const other = host.routes.find(({ table }) => table === '55');
    t.equal(other?.text, '10.9.0.0/16 via 10.0.0.2 dev v1 table 55');
    const narrow = host.routes.find(({ destination }) => destination === '10.8.0.0/16');
    t.match(narrow, { table: 'main', mtu: 1300, text: '10.8.0.0/16 via 10.0.0.2 dev v1 mtu 1300' });
    const toward = (network: string) => host.routes.find(({ destination }) => destination === network);
    t.match(toward('2001:db8::/32'), { preference: 'high', text: /pref high$/ });
    t.notOk('preference' in (toward('2001:db9::/32') ?? {}), 'medium is what every route has');
    t.match(linkDetails(link(host, 'v1')), ['mtu 1400']);
    t.match(link(host, 'vx'), {
      lower: { node: 'host', link: 'v1' },
      details: { id: '42', remote: '10.0.0.2', dstport: '4789' },
    });
    t.match(link(host, 'mv'), { lower: { node: 'host', link: 'v1' }, details: { mode: 'bridge' } });
    t.ok(fdbLines(host).includes('02:00:00:00:00:09 dev v0 master br0 static'), fdbLines(host).join('\n'));
    t.match(
      host.fdb.find(({ dev }) => dev === 'vx'),
      { mac: '00:00:00:00:00:00', dst: '10.0.0.2' },
    );
    const calls = Object.keys(host.sysctls).filter((key) => key.includes('bridge-nf-call'));
    for (const key of calls) t.ok(settingLines(host).includes(`${key} = ${host.sysctls[key]}`), key);
  }),
);

t.test('rules that iptables-save does not show as they are are read from nft', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'iptables -A FORWARD -s 192.0.2.1 -p tcp -m tcp --dport 80 -j DROP');
    const before = (await machine.observe()).nodes.host;
    t.match(before?.nft, [{ family: 'ip', name: 'filter', native: false }]);
    t.equal(before?.legacy.ipv4, '');
    await sh(
      machine,
      `nft add rule ip filter FORWARD ip saddr '{ 192.0.2.7, 192.0.2.8 }' drop
      for family in inet arp bridge; do nft add table $family own; done
      nft add chain inet own c '{ type filter hook input priority 0; policy drop; }'
      nft add table netdev own
      iptables-legacy -A INPUT -s 192.0.2.9 -j DROP`,
    );
    const host = (await machine.observe()).nodes.host;
    if (host === undefined) throw new Error('no host');
    t.same(
      host.nft
        ?.filter(({ native }) => native)
        .map(({ family, name }) => `${family} ${name}`)
        .sort(),
      ['arp own', 'bridge own', 'inet own', 'ip filter', 'netdev own'],
    );
    const lines = nftLines(host).map((line) => line.trim());
    t.ok(lines.includes('ip saddr { 192.0.2.7, 192.0.2.8 } drop'));
    t.ok(lines.includes('type filter hook input priority filter; policy drop;'));
    t.match(host.legacy.ipv4, '-A INPUT -s 192.0.2.9/32 -j DROP');
    t.equal(host.legacy.ipv6, '');
  }),
);
