import { readFileSync } from 'node:fs';
import t from 'tap';
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
