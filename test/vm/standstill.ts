import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { beginStep, must, noSession, sessionsOf } from './said.ts';
import type { Vm } from './vm.ts';

type Say = (line: string) => void;

/** A laptop that sleeps: the VM stands still, then its clock is put right in one step; and the same backwards. */
export async function suspend(vm: Vm, say: Say): Promise<void> {
  await noSession(vm);
  await must(vm, 'hoplab start switching');
  const step = await beginStep(vm);
  await must(vm, `hoplab apply ${step} && hoplab check ${step}`);
  await vm.qmp('stop');
  await delay(60_000);
  await vm.qmp('cont');
  for (const jump of ['+8 hours', '-9 hours', '+1 hour']) {
    const { seconds } = await must(
      vm,
      `sudo date -s '${jump}' && hoplab check ${step} && hoplab trace a 192.168.1.11; test $? -ne 2 && hoplab sessions`,
    );
    say(`after ${jump}: check, trace and sessions in ${seconds.toFixed(1)} s`);
  }
  await must(vm, 'hoplab stop --all');
}

/** Two sessions are there again after a reboot, each at its step; machines do not hold the VM up. */
export async function reboot(vm: Vm, say: Say): Promise<void> {
  await noSession(vm);
  for (const lab of ['switching', 'router']) {
    await must(vm, `hoplab start ${lab}`);
    await must(vm, 'hoplab apply');
  }
  const before = await sessionsOf(vm);
  const url = (await must(vm, 'hoplab url')).text;
  const boot = (await must(vm, 'cat /proc/sys/kernel/random/boot_id')).text;
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
  await vm.run('sudo systemctl reboot', 30);
  for (;;) {
    const now = await vm.run('cat /proc/sys/kernel/random/boot_id', 20);
    if (now.code === 0 && now.text !== boot) break;
    assert(performance.now() - began < 900_000, 'not back after 15 minutes');
    await delay(1000);
  }
  say(`ssh again after ${seconds()} s`);
  await must(vm, 'until hoplab sessions >/dev/null 2>&1; do sleep 1; done');
  say(`daemon again after ${seconds()} s`);
  assert.deepEqual(await sessionsOf(vm), before);
  assert.equal((await must(vm, 'hoplab url')).text, url, 'the page needs a new token');
  await must(vm, `hoplab use ${before[0]?.id} && hoplab exec a ip link show eth0`);
  say('sessions are at their steps, the token is the same');
  const stopped = await stopSeconds(vm);
  say(`machines and daemon stopped within ${stopped.toFixed(1)} s`);
  assert(stopped < 20, 'the VM waited for machines as it went down');
  await must(vm, 'hoplab stop --all');
}

/** From the first unit of hoplab's that was asked to stop, to the last that had stopped, in the boot before. */
async function stopSeconds(vm: Vm): Promise<number> {
  const log = await must(
    vm,
    'sudo journalctl --boot=-1 --output=short-unix --unit=hoplab.service --unit=hoplab-machines.service --lines=60 --no-pager',
  );
  const lines = log.text.split('\n');
  // A restart of the daemon in that boot is none of its end.
  const last = lines.slice(
    lines.findLastIndex((line) => /systemd\[1\]: Started hoplab\.service/.test(line)) + 1,
  );
  const at = (words: RegExp) =>
    last.filter((line) => words.test(line)).map((line) => Number(line.split(' ')[0]));
  const from = at(/systemd\[1\]: Stopping /);
  const to = at(/systemd\[1\]: Stopped /);
  assert(from.length > 0 && to.length > 0, `no stop in the journal:\n${log.text}`);
  return Math.max(...to) - Math.min(...from);
}
