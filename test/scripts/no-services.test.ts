import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { root } from './bash.ts';

/** Lines behind the library, where /usr/sbin, /etc and /var/lib are the VM's with another layer over them. */
function apart(t: Test, lines: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-services-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const layers = `mount -t tmpfs none ${directory}
for each in usr/sbin etc var/lib; do
  mkdir -p ${directory}/$each/upper ${directory}/$each/work
  mount -t overlay -o lowerdir=/$each,upperdir=${directory}/$each/upper,workdir=${directory}/$each/work none /$each
done`;
  const text = `set -euo pipefail\n${layers}\n. ${root}/scripts/lib/no-services.sh\n${lines}`;
  const args = ['--mount', '--propagation', 'private', 'bash', '-c', text];
  return execFileSync('unshare', args, { encoding: 'utf8' }).trim().split('\n');
}

const enabled = 'find /etc/systemd/system /etc/rc2.d 2>/dev/null | LC_ALL=C sort | sha256sum';

t.test('while packages are installed no service starts, and what they enable is disabled again', (t) => {
  const [before, policy, made, there, after] = apart(
    t,
    `rm -f /usr/sbin/policy-rc.d; ${enabled}
forbid_services
/usr/sbin/policy-rc.d nginx start >/dev/null || echo $?
mkdir -p /etc/systemd/system/multi-user.target.wants
ln -s /lib/systemd/system/x.service /etc/systemd/system/multi-user.target.wants/hoplab-x.service
[ -L /etc/systemd/system/multi-user.target.wants/hoplab-x.service ] && echo made
restore_services
[ -e /usr/sbin/policy-rc.d ] || echo gone
rmdir --ignore-fail-on-non-empty /etc/systemd/system/multi-user.target.wants; ${enabled}`,
  );
  t.strictSame([policy, made, there], ['101', 'made', 'gone']);
  t.equal(after, before);
  t.end();
});

t.test("the VM's own policy comes back, also after a run that was killed", (t) => {
  const said = apart(
    t,
    `printf '#!/bin/sh\\nexit 7\\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
(forbid_services)
was_interrupted && echo interrupted
restore_services
/usr/sbin/policy-rc.d || echo $?
was_interrupted || echo restored`,
  );
  t.strictSame(said, ['interrupted', '7', 'restored']);
  t.end();
});
