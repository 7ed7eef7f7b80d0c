import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine } from '../../src/core/ports.ts';
import { buildingOf } from '../../src/kernel/perform/build.ts';
import { scriptOf } from '../../src/kernel/perform/script.ts';
import { Library } from '../../src/library/library.ts';
import { differences } from '../../src/session/acceptance/same-state.ts';
import { inLanes } from '../support/lanes.ts';
import { sh, workplace } from '../support/machines.ts';

const lanAndHost = {
  nodes: [
    {
      ...bare('host', 'machine'),
      sysctls: { 'net.ipv4.ip_forward': '1' },
      routes: ['10.9.0.0/16 via 192.168.1.3'],
    },
    { ...bare('lan', 'host'), service: 'http' as const, run: ['echo 192.168.1.2 gate >> /etc/hosts'] },
    bare('red', 'netns'),
  ],
  bridges: [{ name: 'v-net-0', node: 'host', addresses: ['192.168.15.5/24'] }],
  links: [
    { ends: [end('host', 'eth0', ['192.168.1.2/24']), end('lan', 'eth0', ['192.168.1.3/24'])] as [End, End] },
    {
      ends: [
        end('red', 'eth0', ['192.168.15.1/24']),
        { ...end('host', 'veth-red', []), master: 'v-net-0' },
      ] as [End, End],
    },
  ],
};
type End = { node: string; link: string; addresses: string[]; master: string | null };

function end(node: string, link: string, addresses: string[]): End {
  return { node, link, addresses, master: null };
}

function bare(name: string, kind: 'machine' | 'host' | 'netns') {
  return { name, kind, title: null, service: null, sysctls: {}, routes: [], run: [] };
}

t.test('a topology is made as it is planned', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await machine.perform(planTopology(lanAndHost));
    t.strictSame(await machine.nodes(), ['host', 'lan', 'red']);
    t.equal(
      await sh(machine, 'ip netns list | cut -d" " -f1'),
      'red\n',
      'other hosts are no namespaces of this one',
    );
    t.equal(await sh(machine, 'hostname', 'lan'), 'lan\n');
    t.match(await sh(machine, 'getent hosts gate', 'lan'), /192\.168\.1\.2/, 'a host has its own /etc');
    t.notMatch(await sh(machine, 'cat /etc/hosts'), /gate/);
    t.match(await sh(machine, 'ls /sys/class/net', 'lan'), /^eth0\nlo\n$/, 'and its own /sys');
    t.match(await sh(machine, 'curl -s http://192.168.1.3/'), /host=lan\nclient_address=192\.168\.1\.2/);
    await sh(machine, 'ping -c 1 -W 1 192.168.15.5', 'red');

    const { nodes } = await machine.observe();
    const link = (node: string, name: string) => nodes[node]?.links.find((each) => each.name === name);
    t.match(link('host', 'eth0'), {
      kind: 'veth',
      up: true,
      carrier: true,
      peer: { node: 'lan', link: 'eth0' },
    });
    t.match(link('red', 'eth0'), { peer: { node: 'host', link: 'veth-red' } });
    t.match(link('host', 'veth-red'), { master: 'v-net-0' });
    t.match(link('host', 'v-net-0'), {
      kind: 'bridge',
      addresses: [{ address: '192.168.15.5', prefix: 24 }],
    });
    t.equal(nodes.host?.sysctls['net.ipv4.ip_forward'], '1');
    t.ok(
      nodes.host?.routes.some(
        ({ destination, via }) => destination === '10.9.0.0/16' && via === '192.168.1.3',
      ),
    );
    t.match(nodes.lan?.listeners, [{ protocol: 'tcp', port: 80, process: 'nginx' }]);
  }),
);

/** All that tools show of a node, without what is never the same twice. */
const everything = `ip -d link; ip addr; ip route show table all; ip -6 route show table all; ip rule
  sysctl -a 2>/dev/null | grep -v 'kernel\\.\\|fs\\.\\|stable_secret\\|base_reachable\\|nf_conntrack_\\(count\\|buckets\\)'
  hostname; ls -lR --time-style=+ /etc /run/netns; cat /etc/hosts /etc/hostname 2>/dev/null; true`;

async function shown(machine: Machine): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const node of await machine.nodes()) {
    const text = await sh(machine, everything, node);
    // A link-local address begins tentative, and comes when it comes.
    texts[node] = text
      .split('\n')
      .filter((line) => !/fe80::|^multicast /.test(line))
      .map((line) =>
        line
          .replaceAll(/(?:[\da-f]{2}[:.]){5}[\da-f]{2}/g, 'MAC')
          .replaceAll(/bridge_id \S+|designated_\w+ \S+|link-netnsid \d+|link-netns \S+|_timer +[\d.]+/g, ''),
      )
      .sort()
      .join('\n');
  }
  return texts;
}

t.test('one netlink process makes of every lab the network that `ip` would make', (t) =>
  workplace(t, async ({ make }) => {
    const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
    const planned = new Set<string>();
    await inLanes(2, library.list(), async ({ id, topology }) => {
      const plan = planTopology(topology).filter(({ kind }) => kind !== 'service' && kind !== 'lines');
      const network = JSON.stringify(plan);
      if (plan.length === 0 || planned.has(network)) return;
      planned.add(network);
      const [one, other] = await Promise.all([make(), make()]);
      await one.perform(plan);
      const known = [{ name: 'host', kind: 'machine' } as const];
      const { exitCode, stderr } = await other.run('host', ['bash', '-c', scriptOf(plan, known)]);
      t.equal(exitCode, 0, stderr);
      t.strictSame(differences(await one.observe(), await other.observe()), [], id);
      // The kernel says UNKNOWN of a bridge until it has looked at its carrier, a second later at most.
      const both = () => Promise.all([shown(one), shown(other)]);
      let seen = await both();
      for (let times = 0; times < 10 && !isDeepStrictEqual(seen[0], seen[1]); times++) seen = await both();
      t.strictSame(...seen, `${id}: all that tools show`);
      // A route that says `unreachable` is none of its kinds.
      const whole = !JSON.stringify(topology).includes('unreachable');
      t.equal(buildingOf(plan, known).rest === plan.length, whole, `${id}: what is left to the script`);
      await Promise.all([one.destroy(), other.destroy()]);
    });
    t.ok(planned.size > 10);
  }),
);

t.test('no two ends of a lab have one index, so that carrier comes at once', async (t) => {
  const actions = planTopology(lanAndHost);
  const indexes = actions.flatMap((action) =>
    action.kind === 'veth' ? action.pairs.flat().map(({ index }) => index) : [],
  );
  t.equal(indexes.length, 4);
  t.equal(new Set(indexes).size, indexes.length);
});

t.test('the same plan gives the same state; a change shows', (t) =>
  workplace(t, async ({ make }) => {
    const [one, other] = await Promise.all([make(), make()]);
    await Promise.all([one.perform(planTopology(lanAndHost)), other.perform(planTopology(lanAndHost))]);
    t.strictSame(differences(await one.observe(), await other.observe()), []);
    await sh(other, 'iptables -A FORWARD -j DROP; ip link set dev veth-red down');
    const found = differences(await one.observe(), await other.observe());
    t.ok(found.some((line) => /FORWARD -j DROP/.test(line)));
    t.ok(found.some((line) => /veth-red .*down/.test(line)));
  }),
);

t.test('the error of a failing action names it and its output, and the plan stops', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const failing = machine.perform([
      { kind: 'netns', name: 'red' },
      { kind: 'ip', on: 'red', lines: ['address add 192.168.1.1/24 dev eth7'] },
      { kind: 'netns', name: 'blue' },
    ]);
    await t.rejects(failing, {
      code: 'action-failed',
      message: /eth7/,
      data: { action: { kind: 'ip', on: 'red' } },
    });
    t.strictSame(await machine.nodes(), ['host', 'red']);
  }),
);

t.test('words of a line reach the shell inside as they are', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const nasty = "printf '%s\\n' \"it's \\$HOME; \\`id\\`\" '$(id)' > /tmp/words";
    await machine.perform([{ kind: 'lines', lines: [{ on: 'host', run: nasty }] }]);
    t.equal(await sh(machine, 'cat /tmp/words'), "it's $HOME; `id`\n$(id)\n");
  }),
);
