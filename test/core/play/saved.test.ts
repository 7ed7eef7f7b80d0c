import t from 'tap';
import { parse } from 'yaml';
import { containerlabOf } from '../../../src/core/play/containerlab.ts';
import { playLab } from '../../../src/core/play/lab-file.ts';
import { networkOf } from '../../../src/core/play/network.ts';
import type { Pair } from '../../../src/core/play/pairs.ts';
import { ruleCommands } from '../../../src/core/play/rules.ts';
import { scriptOf } from '../../../src/core/play/script.ts';
import { readLab } from '../../../src/library/read.ts';
import { containerlabText, labFiles } from '../../../src/library/write.ts';
import { observe } from '../../support/observation.ts';

/** Two networks, a bridge each, joined by a router with rules; a container beside them. */
const observation = observe({
  host: {
    links: {
      s1: { kind: 'bridge' },
      s2: { kind: 'bridge' },
      's1-h1': { master: 's1', peer: 'h1:eth0' },
      's1-r1': { master: 's1', peer: 'r1:eth0' },
      's2-h2': { master: 's2', peer: 'h2:eth0' },
      's2-r1': { master: 's2', peer: 'r1:eth1' },
    },
    sysctls: { 'net.bridge.bridge-nf-call-iptables': '0', 'net.bridge.bridge-nf-call-ip6tables': '0' },
  },
  h1: {
    links: { eth0: { addresses: ['10.0.0.1/24'], mtu: 1400 } },
    routes: ['default via 10.0.0.254'],
    listeners: ['tcp 0.0.0.0:80 process python3'],
  },
  h2: { links: { eth0: { addresses: ['10.0.1.1/24'] } }, routes: ['default via 10.0.1.254'] },
  r1: {
    links: { eth0: { addresses: ['10.0.0.254/24'] }, eth1: { addresses: ['10.0.1.254/24'] } },
    sysctls: { 'net.ipv4.ip_forward': '1', 'net.ipv4.conf.eth0.forwarding': '1' },
    rules: { filter: ['-N GUARD', '-A FORWARD -m comment --comment "it\'s $(id)" -j GUARD'] },
  },
  web: { kind: 'container', links: { odd: { kind: 'macvlan' } } },
});
const network = networkOf(observation);
const pairs: Pair[] = [
  { from: 'h1', to: { node: 'h2', address: '10.0.1.1' } },
  { from: 'h2', to: { node: 'h1', address: '10.0.0.1' } },
];
const lab = playLab(observation, network, pairs, { id: 'mine', title: 'My network' });

t.test('a lab that lint has nothing to say about, whose start is the network', async (t) => {
  const read = readLab(labFiles(lab), 'own');
  t.same(read.problems, []);
  const { topology, steps = [] } = read.lab ?? {};
  t.same(
    topology?.nodes.map(({ name, kind, routes }) => [name, kind, routes]),
    [
      ['host', 'machine', []],
      ['h1', 'netns', ['default via 10.0.0.254 dev eth0']],
      ['h2', 'netns', ['default via 10.0.1.254 dev eth0']],
      ['r1', 'netns', []],
      ['web', 'host', []],
    ],
  );
  t.same(
    topology?.bridges.map(({ name, node }) => [name, node]),
    [
      ['s1', 'host'],
      ['s2', 'host'],
    ],
  );
  t.equal(topology?.links.length, 4);
  const sysctls = topology?.nodes.find(({ name }) => name === 'r1')?.sysctls;
  t.same(sysctls, { 'net.ipv4.ip_forward': '1' }, 'what follows from forwarding is not said again');
  t.same(
    steps[0]?.checks.map(({ id }) => id),
    ['h1-reaches-h2', 'h2-reaches-h1'],
  );
});

t.test('each fault stops a pair that worked, for the reason that the model gives', async (t) => {
  const faults = readLab(labFiles(lab), 'own').lab?.steps[0]?.faults ?? [];
  const typed = faults.map(({ changes: [change], reason }) => `${change?.on}: ${change?.run} -> ${reason}`);
  for (const expected of [
    'r1: sysctl -w net.ipv4.ip_forward=0 -> forwarding-off',
    'h1: ip route del default via 10.0.0.254 dev eth0 -> no-route',
    'h2: ip route del default via 10.0.1.254 dev eth0 -> reply-not-routed',
    'h1: ip link set eth0 down -> link-down',
  ])
    t.ok(typed.includes(expected), `${expected} of\n${typed.join('\n')}`);
});

t.test('what cannot be saved is named', async (t) => {
  t.same(network.left, [
    { node: 'h1', kind: 'listener', name: 'python3 (tcp 0.0.0.0:80)' },
    { node: 'web', kind: 'link', name: 'odd (macvlan)' },
  ]);
  const upper = observe({ host: {}, Big: {} });
  const named = playLab(upper, networkOf(upper), [], { id: 'x', title: 'x' });
  t.same(named.left, [{ node: 'Big', kind: 'node', name: 'Big' }]);
  t.same(
    readLab(labFiles(named), 'own').lab?.topology.nodes.map(({ name }) => name),
    ['host'],
  );
});

t.test('rules are words again, whatever stands in them', async (t) => {
  const { rules } = observation.nodes.r1 ?? { rules: { ipv4: '' } };
  t.same(ruleCommands('iptables', rules.ipv4), [
    'iptables -N GUARD',
    `iptables -A FORWARD -m comment --comment 'it'\\''s $(id)' -j GUARD`,
  ]);
  t.match(
    scriptOf(network, 'x'),
    `ip netns exec r1 iptables -A FORWARD -m comment --comment 'it'\\''s $(id)'`,
  );
});

t.test('what a program in place of iptables-save prints is never a command of a script', async (t) => {
  const saved = ['*nat;reboot', ':$(id) - [0:0]', ':INPUT $(reboot) [0:0]', '-A INPUT;id `id` "$(id)"'];
  const words = ruleCommands('iptables', saved.join('\n'));
  t.same(words, [
    "iptables -t 'nat;reboot' -N '$(id)'",
    "iptables -t 'nat;reboot' -P INPUT '$(reboot)'",
    "iptables -t 'nat;reboot' -A 'INPUT;id' '`id`' '$(id)'",
  ]);
});

t.test('a name that rt_tables of a machine gives a table is never a command', async (t) => {
  const { h1 } = observation.nodes;
  const [route] = h1?.routes.filter(({ via }) => via !== null) ?? [];
  if (!h1 || !route) throw new Error('h1 has no route');
  const wild = networkOf({ nodes: { h1: { ...h1, routes: [{ ...route, table: '$(reboot)' }] } } });
  t.match(scriptOf(wild, 'x'), / table '\$\(reboot\)'$/m);
});

t.test('a script does not stop where the kernel has no rules for bridges', async (t) => {
  const lines = scriptOf(network, 'x').split('\n');
  t.ok(lines.includes('sysctl -e -w net.bridge.bridge-nf-call-iptables=0'));
  t.ok(lines.includes('ip netns exec r1 sysctl -w net.ipv4.ip_forward=1'), 'but where it cannot forward');
});

t.test('a title is a comment of one line in a script', async (t) => {
  const lines = scriptOf(network, 'a\nreboot').split('\n');
  t.equal(lines[1], '# a reboot');
  t.notOk(lines.includes('reboot'));
});

t.test('a topology file as containerlab takes it', async (t) => {
  const file = parse(containerlabText(containerlabOf(network, 'mine')));
  t.match(file.name, /^[a-zA-Z0-9][a-zA-Z0-9-._]*$/);
  t.same(Object.keys(file).sort(), ['name', 'topology']);
  t.same(Object.keys(file.topology.nodes), ['machine', 'h1', 'h2', 'r1', 'web']);
  for (const node of Object.values<Record<string, unknown>>(file.topology.nodes)) {
    t.same([node.kind, node['network-mode']], ['linux', 'none']);
    t.ok(node.exec === undefined || (node.exec as string[]).length > 0, 'an empty list is refused');
  }
  t.same(file.topology.links[0], { endpoints: ['machine:s1-h1', 'h1:eth0'] });
  t.ok(file.topology.nodes.h1.exec.includes('ip addr add 10.0.0.1/24 dev eth0'));
  t.ok(file.topology.nodes.machine.exec.includes('ip link set s1-h1 master s1'));
});
