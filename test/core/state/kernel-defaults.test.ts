import { readdirSync } from 'node:fs';
import t from 'tap';
import { changedSettings, kernelDefault } from '../../../src/core/state/kernel-defaults.ts';

t.test("the kernel's own values", async (t) => {
  for (const [key, value] of [
    ['net.ipv4.conf.all.rp_filter', '0'],
    ['net.ipv4.conf.eth0.2.rp_filter', '0'],
    ['net.ipv4.conf.all.accept_source_route', '0'],
    ['net.ipv4.conf.default.accept_source_route', '1'],
    ['net.ipv4.conf.lo.send_redirects', '1'],
    ['net.ipv4.ip_forward', '0'],
    ['net.ipv4.ip_unprivileged_port_start', '1024'],
    ['net.ipv4.tcp_syncookies', null],
  ] as const)
    t.equal(kernelDefault(key), value, key);
});

t.test('every setting of a link that this kernel has is known', async (t) => {
  const names = readdirSync('/proc/sys/net/ipv4/conf/default');
  t.ok(names.length > 20);
  t.strictSame(
    names.filter((name) => kernelDefault(`net.ipv4.conf.default.${name}`) === null),
    [],
  );
});

t.test('lists the settings of a node that were changed', async (t) => {
  const sysctls = {
    'net.ipv4.ip_forward': '1',
    'net.ipv4.conf.all.forwarding': '1',
    'net.ipv4.conf.eth0.forwarding': '0',
    'net.ipv4.conf.eth0.rp_filter': '0',
    'net.ipv4.conf.eth1.rp_filter': '1',
    'net.bridge.bridge-nf-call-iptables': '0',
    'net.ipv4.ip_unprivileged_port_start': '1024',
    'net.ipv4.tcp_syncookies': '1',
  };
  t.strictSame(changedSettings(sysctls), [
    'net.ipv4.ip_forward = 1',
    'net.ipv4.conf.eth0.forwarding = 0',
    'net.ipv4.conf.eth1.rp_filter = 1',
    'net.bridge.bridge-nf-call-iptables = 0',
    'net.ipv4.tcp_syncookies = 1',
  ]);
  t.strictSame(
    changedSettings({ 'net.ipv4.ip_forward': '0', 'net.ipv4.conf.eth0.forwarding': '1' }),
    ['net.ipv4.conf.eth0.forwarding = 1'],
    'a link that forwards where the node does not',
  );
  t.strictSame(
    changedSettings({
      'net.ipv4.ip_forward': '0',
      'net.ipv4.conf.all.forwarding': '0',
      'net.ipv4.conf.eth0.proxy_arp': '0',
      'net.ipv4.conf.eth0.route_localnet': '0',
      'net.ipv4.icmp_echo_ignore_all': '0',
      'net.ipv6.conf.all.forwarding': '0',
    }),
    [],
    'a new node',
  );
});
