import t from 'tap';
import type { Check, CheckArguments } from '../../src/core/check/check.ts';
import type { Machine } from '../../src/core/ports.ts';
import { checkStep } from '../../src/session/checker.ts';
import { short } from '../support/judged.ts';
import { sh, workplace } from '../support/machines.ts';

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };

async function ask<K extends 'path' | 'nat'>(
  machine: Machine,
  kind: K,
  args: CheckArguments[K],
): Promise<string> {
  const check = { id: kind, kind, args, needs: [], until: null } as unknown as Check;
  const [verdict] = await checkStep(machine, step, [check]);
  return verdict === undefined ? '' : short(verdict);
}

/** red 10.0.1.1 - host - blue 10.0.2.1 with a web server; host hides red, and hands its port 8080 to blue. */
const network = `ip netns add red; ip netns add blue
ip link add name to-red type veth peer name eth0 netns red
ip link add name to-blue type veth peer name eth0 netns blue
ip -n red addr add 10.0.1.1/24 dev eth0; ip -n blue addr add 10.0.2.1/24 dev eth0
ip addr add 10.0.1.2/24 dev to-red; ip addr add 10.0.2.2/24 dev to-blue
ip link set to-red up; ip link set to-blue up; ip -n red link set eth0 up; ip -n blue link set eth0 up
ip -n red route add default via 10.0.1.2; ip -n blue route add default via 10.0.2.2
sysctl -qw net.ipv4.ip_forward=1; ip netns exec blue nginx
iptables -t nat -A POSTROUTING -s 10.0.1.0/24 -o to-blue -j MASQUERADE
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.0.2.1:80`;

t.test('the way and the translation of real packets', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, network);
    const asked = { from: 'red', to: '10.0.2.1' };
    const once = { translated: [{ at: 'host', chain: 'POSTROUTING' as const }] };
    const control = { from: 'red', to: '10.0.1.2' };
    const whole = { ...asked, ...once, through: ['host', 'blue'], symmetric: true };
    const masquerade = { ...asked, at: 'host', source: '10.0.2.2', seen: '10.0.2.2' };
    const web = { from: 'red', to: '10.0.1.2', tcp: 8080, at: 'host', destination: '10.0.2.1', port: 80 };
    t.equal(await ask(machine, 'path', { ...whole, source: { at: 'blue', address: '10.0.2.2' } }), 'pass');
    t.equal(await ask(machine, 'path', { ...asked, never: ['blue'] }), 'fail enters-node blue');
    t.equal(
      await ask(machine, 'nat', {
        ...masquerade,
        like: '-t nat -A POSTROUTING -o to-blue -s 10.0.1.0/255.255.255.0 -j MASQUERADE',
      }),
      'pass',
    );
    t.equal(
      await ask(machine, 'nat', { ...masquerade, like: '-t nat -A POSTROUTING -j MASQUERADE' }),
      'fail rule-not-met host',
    );
    t.equal(await ask(machine, 'nat', web), 'pass');
    t.equal(await ask(machine, 'nat', { ...web, port: 81 }), 'fail wrong-translation host');
    t.equal(
      await ask(machine, 'path', {
        from: 'red',
        to: '10.0.1.2',
        tcp: 8080,
        translated: [
          { at: 'host', chain: 'PREROUTING' },
          { at: 'host', chain: 'POSTROUTING' },
        ],
      }),
      'pass',
    );
    await sh(machine, 'iptables -t nat -F POSTROUTING');
    t.equal(await ask(machine, 'path', whole), 'fail not-translated host');
    t.equal(await ask(machine, 'nat', masquerade), 'fail not-translated host');
    t.equal(await ask(machine, 'path', { ...asked, translated: [] }), 'pass');
    await sh(machine, 'sysctl -qw net.ipv4.ip_forward=0');
    t.equal(await ask(machine, 'path', whole), 'fail forwarding-off host');
    const ends = { at: 'host', reason: 'forwarding-off' as const };
    t.equal(await ask(machine, 'path', { ...asked, ends, control }), 'pass');
    t.equal(
      await ask(machine, 'path', { ...asked, ends: { ...ends, reason: 'no-route' }, control }),
      'fail other-reason host',
    );
    await sh(machine, 'mount --bind /usr/bin/false /usr/bin/ping');
    t.equal(await ask(machine, 'path', whole), 'could-not-check tool-failed red');
  }),
);

/** A proxy on the host: /blue is on blue, /none on a host that is not there. */
const proxy = `cat >/run/proxy.conf <<'END'
pid /run/proxy.pid;
events {}
http {
  access_log off;
  proxy_connect_timeout 1;
  server {
    listen 8081;
    location /blue { proxy_pass http://10.0.2.1/; }
    location / { return 404; }
  }
}
END
nginx -c /run/proxy.conf`;

t.test("the connection that a proxy opens is asked about like the client's", (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, `${network}\n${proxy}`);
    const request = (page: string) => ({
      ...{ from: 'red', to: '10.0.1.2', http: `http://10.0.1.2:8081/${page}` },
      upstream: 'host',
    });
    const blue = { ...request('blue'), through: ['blue'], translated: [], ends: { at: 'blue' } };
    const seen = { ...blue, source: { at: 'blue', address: '10.0.2.2' } };
    t.equal(await ask(machine, 'path', seen), 'pass', 'the proxy, not the client, is seen there');
    t.equal(
      await ask(machine, 'path', { ...seen, source: { at: 'blue', address: '10.0.1.1' } }),
      'fail wrong-source blue',
    );
    t.equal(await ask(machine, 'path', { ...blue, ...request('other') }), 'fail other-path red');
    await sh(machine, 'ip netns exec blue iptables -A INPUT -p tcp --dport 80 -j REJECT');
    t.equal(await ask(machine, 'path', blue), 'fail rejected-by-rule blue');
  }),
);
