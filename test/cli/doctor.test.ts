import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import type { Finding } from '../../src/core/ports.ts';
import { enforced } from '../../src/kernel/doctor/apparmor.ts';
import { inheritedFinding } from '../../src/kernel/doctor/inherited.ts';
import { main, node } from './hoplab.ts';

const run = promisify(execFile);

t.test('without root, reports the findings that only root can read as unseen', async (t) => {
  const asked = await asNobody('doctor', '--json');
  t.match(asked, { code: 2, stderr: '' });
  const { findings } = JSON.parse(asked.stdout) as { findings: Finding[] };
  const row = (name: string) => findings.find((each) => each.name === name);
  t.match(row('veth'), { status: 'unseen', required: true, cure: 'sudo hoplab doctor' });
  t.match(row('ip'), { status: 'ok', detail: /\/ip$/ }, 'the rest is looked at');
  t.match(row('user-namespaces'), { status: 'ok' });
  t.match((await asNobody('doctor')).stdout, /kernel +veth +\? +not looked at; sudo hoplab doctor\n/);
});

t.test('the daemon still needs root', async (t) => {
  t.match(await asNobody('daemon'), { code: 2, stderr: /sudo hoplab daemon \[not-root\]/ });
});

t.test('how many may follow changes is counted for each user', async (t) => {
  const { stdout } = await run('cat', ['/proc/sys/fs/inotify/max_user_instances']);
  const asked = await run(node[0] ?? '', [...node.slice(1), main, 'doctor', '--json']);
  const { findings } = JSON.parse(asked.stdout) as { findings: Finding[] };
  t.match(
    findings.find(({ name }) => name === 'inotify'),
    Number(stdout) < 256
      ? { status: 'warning', required: false, cure: 'sysctl fs.inotify.max_user_instances=512' }
      : { status: 'ok', cure: null },
  );
});

t.test('of AppArmor, the profiles that are enforced for programs of the labs', async (t) => {
  const profiles = [
    'unbound (enforce)',
    '/usr/sbin/dnsmasq (enforce)',
    '/usr/sbin/dnsmasq//libvirt_leaseshelper (enforce)',
    'nginx (unconfined)',
    'ping (complain)',
    'lsb_release (enforce)',
    'man_filter//ip (enforce)',
  ].join('\n');
  t.strictSame(enforced(profiles, ['unbound', 'dnsmasq', 'nginx', 'ping', 'ip']), ['dnsmasq', 'unbound']);
});

t.test("settings of the VM that are not the kernel's own", async (t) => {
  const conf = mkdtempSync(join(tmpdir(), 'hoplab-test-'));
  t.teardown(() => rmSync(conf, { recursive: true }));
  for (const place of ['all', 'default']) {
    const write = (name: string, value: string) =>
      run('sh', ['-c', `mkdir -p "$1" && echo ${value} >"$1/${name}"`, 'sh', join(conf, place)]);
    await write('rp_filter', place === 'all' ? '0' : '2');
    await write('accept_source_route', place === 'all' ? '0' : '1');
    await write('known_to_nobody', '7');
  }
  t.match(await inheritedFinding(conf), {
    status: 'info',
    required: false,
    detail: /^not the kernel's own, in brackets: net\.ipv4\.conf\.default\.rp_filter=2 \(0\); machines begin/,
  });
  cpSync(join(conf, 'all', 'rp_filter'), join(conf, 'default', 'rp_filter'));
  t.match(await inheritedFinding(conf), { status: 'ok' });
});

/** `hoplab ARGS...` as an unprivileged user, who may read the checkout at any place. */
function asNobody(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=+dac_read_search'];
  const capable = [...nobody, '--ambient-caps=+dac_read_search'];
  return run('setpriv', [...capable, 'env', '-i', `PATH=${process.env.PATH}`, ...node, main, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}
