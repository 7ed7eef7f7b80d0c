import t from 'tap';
import type { Machine } from '../../src/core/ports.ts';
import { sh, workplace } from '../support/machines.ts';

/** red 10.0.1.1 - host 10.0.1.2 / 10.0.2.2 - blue 10.0.2.1 */
async function threeInARow(machine: Machine): Promise<void> {
  await sh(
    machine,
    `for n in red blue; do ip netns add $n; ip -n $n link set lo up; done
    ip link add name to-red type veth peer name eth0 netns red; ip link add name to-blue type veth peer name eth0 netns blue
    ip -n red addr add 10.0.1.1/24 dev eth0; ip -n blue addr add 10.0.2.1/24 dev eth0
    ip addr add 10.0.1.2/24 dev to-red; ip addr add 10.0.2.2/24 dev to-blue
    ip link set to-red up; ip link set to-blue up; ip -n red link set eth0 up; ip -n blue link set eth0 up
    ip -n red route add default via 10.0.1.2; ip -n blue route add default via 10.0.2.2
    sysctl -qw net.ipv4.ip_forward=1`,
  );
}

t.test('ping: distinguishes every ending', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    const ping = async (to: string, from = 'red') => machine.probe({ kind: 'ping', from, to });
    t.match(await ping('10.0.2.1'), {
      result: 'reply',
      evidence: { on: 'red', command: 'ping -c 1 10.0.2.1', output: /1 received/ },
    });
    t.match(await ping('10.0.1.77', 'host'), { result: /silence|host-unreachable/ });
    await sh(machine, 'ip -n red route del default');
    t.match(await ping('10.0.2.1'), { result: 'no-route' });
    await sh(
      machine,
      'ip -n red route add default via 10.0.1.2; iptables -A FORWARD -p icmp -j REJECT --reject-with icmp-admin-prohibited',
    );
    t.match(await ping('10.0.2.1'), { result: 'rejected', by: '10.0.1.2' });
    await sh(machine, 'iptables -F; iptables -A FORWARD -j DROP');
    t.match(await ping('10.0.2.1'), { result: 'silence' });
    await sh(
      machine,
      'iptables -F; ip route add 10.4.0.0/16 via 10.0.1.9; ip neigh add 10.0.1.9 lladdr 02:00:00:00:00:09 dev to-red',
    );
    const redirected = await ping('10.4.0.1');
    t.match(redirected.evidence.output, /Redirect Host/);
    t.match(redirected, { result: 'silence' }, 'a redirect refuses nothing');
    await sh(machine, 'ip route add unreachable 10.3.0.0/16');
    t.match(await ping('10.3.0.1'), { result: /rejected|host-unreachable/ });
  }),
);

t.test('ping: a router that has sent its share of errors for this second is asked again', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    await sh(machine, 'iptables -A FORWARD -d 10.9.0.0/16 -j REJECT; ip route add 10.9.0.0/16 via 10.0.2.1');
    // The kernel lets six errors to one peer through, then one a second (icmp_ratelimit): all six are spent.
    const spent = 'ip netns exec red ping -q -c 8 -i 0.01 -W 0.1 10.9.0.1 || true';
    t.match(await sh(machine, spent), /\+6 errors/);
    t.match(await machine.probe({ kind: 'ping', from: 'red', to: '10.9.0.1' }), {
      result: 'rejected',
      evidence: { command: 'ping -c 2 10.9.0.1' },
    });
  }),
);

t.test('ping: a router forwards as soon as it can solicit, and not before it is asked', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `for n in red blue; do ip netns add $n; done
      ip link add name to-red type veth peer name eth0 netns red; ip link add name to-blue type veth peer name eth0 netns blue
      ip -n red addr add fd00:1::1/64 dev eth0; ip -n blue addr add fd00:2::1/64 dev eth0
      ip addr add fd00:1::2/64 dev to-red; ip addr add fd00:2::2/64 dev to-blue
      ip link set to-red up; ip link set to-blue up; ip -n red link set eth0 up; ip -n blue link set eth0 up
      ip -n red -6 route add default via fd00:1::2; ip -n blue -6 route add default via fd00:2::2
      sysctl -qw net.ipv6.conf.all.forwarding=1`,
    );
    const tentative = 'ip -6 -o address show tentative; ip -n blue -6 -o address show tentative';
    t.match(await sh(machine, tentative), /tentative/, 'addresses are still being checked for duplicates');
    t.match(await machine.probe({ kind: 'ping', from: 'red', to: 'fd00:2::1' }), { result: 'reply' });
    t.equal(await sh(machine, tentative), '');
  }),
);

t.test('IPv6 without any link: no way, whatever asks', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red');
    const from = 'red';
    t.match(await machine.probe({ kind: 'ping', from, to: 'fd00::1' }), {
      result: 'no-route',
      evidence: { output: /Cannot assign requested address/ },
    });
    t.match(await machine.probe({ kind: 'tcp', from, to: 'fd00::1', port: 80 }), { result: 'no-route' });
    t.match(await machine.probe({ kind: 'http', from, url: 'http://[fd00::1]/' }), { result: 'no-route' });
  }),
);

t.test('tcp: a connection of which only the beginning arrives is none', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    await sh(machine, 'nginx', 'blue');
    const tcp = () => machine.probe({ kind: 'tcp', from: 'red', to: '10.0.2.1', port: 80 });
    t.match(await tcp(), { result: 'answer' });
    await sh(machine, 'iptables -A FORWARD -i to-red -p tcp ! --syn -j DROP');
    t.match(await tcp(), {
      result: 'silence',
      evidence: { output: /succeeded.*FIN-WAIT-1 -> 10\.0\.2\.1:80/s },
    });
    await sh(machine, 'iptables -F FORWARD');
    t.match(await tcp(), { result: 'answer' }, 'whatever is left of the one before');
  }),
);

t.test('http: answered, refused, silent, no way', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    const http = async (url: string, from = 'red') => machine.probe({ kind: 'http', from, url });
    t.match(await http('http://10.0.2.1/'), { result: 'rejected', status: null });
    await sh(machine, 'nginx', 'blue');
    t.match(await http('http://10.0.2.1/'), {
      result: 'answer',
      status: 200,
      body: /client_address=10\.0\.1\.1/,
    });
    await sh(machine, 'iptables -t nat -A POSTROUTING -o to-blue -j MASQUERADE');
    t.match(await http('http://10.0.2.1/'), { body: /client_address=10\.0\.2\.2/ });
    await sh(machine, 'iptables -A FORWARD -p tcp --dport 80 -j DROP');
    t.match(await http('http://10.0.2.1/'), { result: 'silence' });
    await sh(machine, 'ip -n red route del default');
    t.match(await http('http://10.0.2.1/'), { result: 'no-route' });
    t.match(await http('http://nowhere.example/'), { result: 'rejected', names: { nameservers: [] } });
  }),
);

t.test('seen: the source address on the other side', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    const seen = () => machine.probe({ kind: 'seen', from: 'red', to: '10.0.2.1', at: 'blue' });
    t.match(await seen(), { result: 'reply', sources: ['10.0.1.1'] });
    await sh(machine, 'iptables -t nat -A POSTROUTING -o to-blue -j MASQUERADE');
    t.match(await seen(), { result: 'reply', sources: ['10.0.2.2'] });
    await sh(machine, 'iptables -A FORWARD -j DROP');
    // Where nothing arrives, the sender's own ping says more than a capture without a line.
    t.match(await seen(), {
      ...{ result: 'silence', sources: [] },
      evidence: { on: 'red', command: 'ping -c 1 10.0.2.1', output: /100% packet loss/ },
    });
  }),
);

t.test('a tool that is not there is the tool failing, never a verdict on the network', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await threeInARow(machine);
    await sh(machine, 'mount -t tmpfs none /usr/bin 2>/dev/null || mount --bind /mnt /usr/bin');
    const outcomes = await Promise.all([
      machine.probe({ kind: 'ping', from: 'host', to: '10.0.1.1' }),
      machine.probe({ kind: 'http', from: 'host', url: 'http://10.0.1.1/' }),
      machine.probe({ kind: 'seen', from: 'host', to: '10.0.1.1', at: 'host' }),
    ]);
    for (const outcome of outcomes) t.equal(outcome.result, 'tool-failed');
  }),
);

t.test('the error for an unknown node lists the known ones', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await t.rejects(machine.probe({ kind: 'ping', from: 'read', to: '10.0.0.1' }), {
      code: 'node-not-found',
      data: { known: ['host'] },
    });
  }),
);
