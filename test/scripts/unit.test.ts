import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { withDaemon } from '../support/daemon.ts';

const unit = readFileSync(new URL('../../scripts/hoplab.service', import.meta.url), 'utf8');
const dropped = /^CapabilityBoundingSet=~(.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
const bounds = dropped.map((name) => `-${name.replace('CAP_', '').toLowerCase()}`).join(',');

t.test('the daemon does its work without the capabilities that its unit takes away', (t) =>
  withDaemon(async (daemon) => {
    for (const one of ['CAP_SYS_TIME', 'CAP_AUDIT_WRITE', 'CAP_LEASE']) t.ok(dropped.includes(one), one);
    await daemon.start({}, ['setpriv', `--bounding-set=${bounds}`, '--']);
    const bounding = /^CapBnd:\s+(.*)$/m.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1];
    t.equal(BigInt(`0x${bounding}`) & (1n << 25n), 0n, 'CAP_SYS_TIME is number 25');
    t.equal((await daemon.hoplab('start', 'switching')).exitCode, 0);
    t.equal((await daemon.hoplab('apply', '--all')).exitCode, 0);
    t.equal((await daemon.hoplab('check', '--all')).exitCode, 0);
    t.equal((await daemon.hoplab('reboot', '--yes')).exitCode, 0);
    t.match(await daemon.hoplab('expose', 'host'), { exitCode: 0 });
  }),
);

const root = new URL('../..', import.meta.url).pathname;

/** The units as scripts/up writes them, in a directory of their own. */
function written(t: Test): string[] {
  const directory = t.testdir();
  return ['hoplab.service', 'hoplab-machines.service'].map((name) => {
    const text = readFileSync(join(root, 'scripts', name), 'utf8');
    const file = join(directory, name);
    writeFileSync(file, text.replaceAll('@ROOT@', root.replace(/\/$/, '')));
    return file;
  });
}

const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });

t.test('systemd knows every line of the units', (t) => {
  const { status, stdout, stderr } = analyze('verify', '--man=no', ...written(t));
  t.equal(status, 0);
  const words = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('hoplab'));
  // Since 254; before, the daemon has its groups elsewhere (control-groups.ts).
  t.strictSame(
    words.filter((line) => !/Unknown key 'DelegateSubgroup'/.test(line)),
    [],
  );
  t.end();
});

t.test('what the unit takes from the daemon, systemd takes from it', (t) => {
  const [file = ''] = written(t);
  const { stdout } = analyze('security', '--offline=true', '--json=short', file);
  const rows = JSON.parse(stdout) as { json_field: string; set: boolean | null }[];
  const held = rows.filter(({ set }) => set === true).map(({ json_field: field }) => field);
  const wanted = [
    ...['RestrictRealtime', 'LockPersonality', 'SystemCallArchitectures', 'NotifyAccess', 'KeyringMode'],
    ...['SYS_TIME', 'SYS_RAWIO', 'AUDIT', 'SYSLOG', 'SYS_PACCT', 'WAKE_ALARM', 'LINUX_IMMUTABLE']
      .concat(['SYS_TTY_CONFIG', 'SYS_BOOT', 'BLOCK_SUSPEND', 'LEASE'])
      .map((name) => `CapabilityBoundingSet_CAP_${name}`),
  ];
  for (const one of wanted)
    t.ok(
      held.some((field) => field.startsWith(one)),
      one,
    );
  t.end();
});
