import t from 'tap';
import { difference } from '../../src/core/state/difference.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';

const differenceTexts = (now: ReturnType<typeof namespaces>, then: ReturnType<typeof namespaces>) =>
  difference(observe(now.spec), observe(then.spec)).map(
    ({ node, kind, change, text }) => `${change} ${node} ${kind} ${text}`,
  );

t.test('the same state is no difference', async (t) => {
  t.same(differenceTexts(namespaces(), namespaces()), []);
});

t.test('each thing that differs is a line, on the side it is on', async (t) => {
  const other = namespaces().link('red', 'veth-red', { addresses: ['192.168.15.9/24'] });
  t.same(differenceTexts(other, namespaces()), [
    'lost red address 192.168.15.9/24 dev veth-red',
    'gained red address 192.168.15.1/24 dev veth-red',
  ]);
  const down = namespaces().link('red', 'veth-red', { up: false });
  t.ok(differenceTexts(down, namespaces()).includes('lost red link veth-red down'));
  t.ok(differenceTexts(down, namespaces()).includes('gained red link veth-red up'));
});

t.test('of a node that is on one side only, the node alone', async (t) => {
  const without = differenceTexts(namespaces(), namespaces().without('red'));
  t.ok(without.includes('lost red node red'));
  t.notOk(without.some((line) => line.startsWith('lost red address')));
});

t.test('rules as one would type them, counters left out, a policy only where it is not ACCEPT', async (t) => {
  const now = observe(namespaces().spec);
  const then = structuredClone(now);
  const saved = (counters: string) =>
    `*filter\n:INPUT DROP [${counters}]\n:FORWARD ACCEPT [${counters}]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n`;
  if (!now.nodes.host || !then.nodes.host) throw new Error('no host');
  now.nodes.host.rules.ipv4 = saved('1:60');
  then.nodes.host.rules.ipv4 = '';
  t.same(
    difference(now, then).map(({ change, text }) => `${change} ${text}`),
    [
      'lost iptables -P INPUT DROP',
      'lost iptables -A INPUT -i lo -j ACCEPT',
      'lost iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
    ],
  );
  then.nodes.host.rules.ipv4 = saved('7:420');
  t.same(difference(now, then), []);
});

t.test('of forwarding only the typed setting is a difference', async (t) => {
  const router = (sysctls: Record<string, string>) =>
    observe({ r: { links: { eth0: {} }, sysctls: { 'net.ipv4.ip_forward': '0', ...sysctls } } });
  const settings = (now: Record<string, string>) =>
    difference(
      router(now),
      router({ 'net.ipv4.conf.all.forwarding': '0', 'net.ipv4.conf.eth0.forwarding': '0' }),
    )
      .filter(({ kind }) => kind === 'setting')
      .map(({ change, text }) => `${change} ${text}`);
  const on = (...links: string[]) =>
    Object.fromEntries(
      ['all', 'eth0'].map((link) => [`net.ipv4.conf.${link}.forwarding`, links.includes(link) ? '1' : '0']),
    );
  t.strictSame(settings({ 'net.ipv4.ip_forward': '1', ...on('all', 'eth0') }), [
    'lost net.ipv4.ip_forward = 1',
    'gained net.ipv4.ip_forward = 0',
  ]);
  t.strictSame(settings(on('eth0')), [
    'lost net.ipv4.conf.eth0.forwarding = 1',
    'gained net.ipv4.conf.eth0.forwarding = 0',
  ]);
});
