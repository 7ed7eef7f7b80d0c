import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { Systemd, until } from '../support/systemd.ts';
import { machineProcesses, rangesOf } from '../support/vm.ts';
import { libraries, root } from './bash.ts';

/** Milliseconds for all machines to end, from the moment the system is told to go down. */
const most = 3000;

t.test('under systemd the units do what their lines promise', async (t) => {
  const systemd = await Systemd.boot();
  const run = systemd.directory;
  t.teardown(async () => {
    await systemd.remove();
    // Not ended by a daemon: what lies in /run goes with a VM.
    for (const base of rangesOf(run)) rmSync(join('/run/hoplab-uids', base));
  });
  const typed = async (lines: string) => {
    const { exitCode, stdout, stderr } = await systemd.run(['bash', '-euc', lines], { HOPLAB_RUN: run });
    t.equal(exitCode, 0, `${lines}\n${stderr}`);
    return stdout.trim();
  };
  const hoplab = (line: string) => typed(`${root}/scripts/hoplab ${line}`);
  const steps = async () => {
    const { sessions } = JSON.parse(await hoplab('--json sessions'));
    return sessions.map(({ id, step }: { id: string; step: string }) => `${id} ${step}`);
  };
  const main = () => typed('systemctl show --property MainPID --value hoplab');
  const answers = () => typed(`${libraries}\nwait_until_it_answers`);

  const settings = `HOPLAB_RUN=${run}\\nHOPLAB_STATE=/tmp/state\\nHOPLAB_LISTEN=127.0.0.1:0\\n`;
  await typed(`mkdir /tmp/state; printf '${settings}' >/etc/hoplab/env`);
  // As scripts/up does, when all is installed.
  t.equal(await typed(`${libraries}\ninstall_units; bring_up true`), 'daemon: running');
  t.equal(await typed('systemctl is-active hoplab hoplab-machines'), 'active\nactive');
  t.equal(await typed('systemctl is-enabled hoplab'), 'enabled');

  await hoplab('start network-namespaces --step virtual-switch');
  await hoplab('start switching');
  await hoplab(`exec host -- sh -c 'trap "" TERM; sleep 4713 >/dev/null 2>&1 &'`);
  const begun = await steps();
  t.equal(begun.length, 2);
  const alive = () => machineProcesses(run).find((line) => line.includes('sleep 4713'));
  const learners = alive();
  t.ok(learners);

  // Each opens for writing, and writes nothing; the first one may be written.
  const opens = `for file in /tmp/open /proc/pressure/*; do if [ -e $file -o $file = /tmp/open ] && (: >$file) 2>/dev/null; then echo $file; fi; done`;
  t.equal(await hoplab(`exec host -- sh -c '${opens}'`), '/tmp/open', "the kernel's watch of the pressure");

  const pids = [await main()];
  for (const line of ['systemctl restart hoplab', 'systemctl kill --signal KILL --kill-whom main hoplab']) {
    await typed(line);
    // Where it has ended by itself, systemd starts it again a second later.
    await until(async () => !['0', ...pids].includes(await main()), 'another daemon');
    pids.push(await main());
    await answers();
    t.strictSame(await steps(), begun, line);
    t.equal(alive(), learners, 'machines outlive it');
  }
  const status = await typed(`cat /proc/${await main()}/status`);
  const bounding = BigInt(`0x${/^CapBnd:\s+(.*)$/m.exec(status)?.[1]}`);
  t.equal(bounding & (1n << 25n), 0n, 'systemd has taken CAP_SYS_TIME');

  const started = performance.now();
  const down = systemd.run(['systemctl', 'poweroff']);
  await until(() => machineProcesses(run).length === 0, 'the end of the machines');
  const machines = performance.now() - started;
  await systemd.ended;
  t.comment(
    `${Math.round(machines)} ms to the last machine, ${Math.round(performance.now() - started)} in all`,
  );
  t.ok(machines < most, `${Math.round(machines)} ms`);
  // As a new mount of /proc has it: an older one remembers what it has looked at.
  const { stdout: modes } = await execa('unshare', [
    ...['--pid', '--fork', '--mount-proc', 'sh', '-c'],
    'stat --format=%a /proc/pressure/* 2>/dev/null || true',
  ]);
  t.strictSame([...new Set(modes.split('\n'))].filter(Boolean), modes === '' ? [] : ['666']);
  await down;
});
